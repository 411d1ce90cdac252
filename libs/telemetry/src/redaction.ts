const secretKey =
  /^(authorization|cookie|set-cookie|x-marquee-viewer|pass(word|wd|phrase)?|.*(password|secret|token|credential|api[-_]?key|private[-_]?key|jwt))$/i;
const urlCredentials = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi;
const bearer = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const maxDepth = 6;
const maxItems = 100;
const maxTextLength = 8192;

/** A string without passwords in URLs and without HTTP credentials, cut at 8,192 characters. */
export function redactText(text: string): string {
  const cut =
    text.length > maxTextLength ? `${text.slice(0, maxTextLength)}… (${text.length} characters)` : text;
  return cut.replace(urlCredentials, '$1:[redacted]@').replace(bearer, '$1 [redacted]');
}

/**
 * A copy fit for a log line: secrets gone at any depth, errors unfolded with their causes, depth and breadth
 * limited. Walking the value was chosen over pino's `redact` paths because those name fixed depths only.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (depth >= maxDepth) return '[deeper]';
  if (isError(value)) return redactError(value, depth);
  if (Array.isArray(value)) return value.slice(0, maxItems).map((item) => redact(item, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  return redactFields(Object.entries(value), depth);
}

function redactFields(entries: readonly [string, unknown][], depth: number): Record<string, unknown> {
  return Object.fromEntries(
    entries
      .slice(0, maxItems)
      .map(([key, item]) => [
        key,
        secretKey.test(key) && item != null ? '[redacted]' : redact(item, depth + 1),
      ]),
  );
}

/** By shape: core errors fail `instanceof` across realms. */
function isError(value: object): value is Error {
  return value instanceof Error || ('stack' in value && 'message' in value && 'name' in value);
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const own = Object.entries(error).filter(([key]) => !['name', 'message', 'stack', 'cause'].includes(key));
  return {
    type: error.name,
    message: redactText(String(error.message)),
    stack: redactText(String(error.stack)),
    ...redactFields(own, depth),
    ...(error.cause !== undefined && { cause: redact(error.cause, depth + 1) }),
  };
}
