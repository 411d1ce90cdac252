import { expect, test } from '@jest/globals';
import { html, trusted } from './html.ts';

test('values are escaped, and what is HTML already is not escaped twice', () => {
  const name = `<script>alert("x' & y")</script>`;
  const inner = html`<b>${name}</b>`;
  expect(html`<p>${inner}${null}${[1, '<']}${trusted('<svg/>')}</p>`.html).toBe(
    '<p><b>&lt;script&gt;alert(&quot;x&#39; &amp; y&quot;)&lt;/script&gt;</b>1&lt;<svg/></p>',
  );
});
