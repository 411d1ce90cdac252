import { createTransport } from 'nodemailer';
import type { Carrier } from './deliver-mail.ts';

export type SmtpSettings = {
  /** `smtp://` (with STARTTLS where the server has it) or `smtps://`, with user and password where it wants them. */
  readonly url: string;
  /** Whom mails are from: `Marquee <no-reply@tickets.example>`. */
  readonly from: string;
};

export type SmtpCarrier = { readonly carry: Carrier; close(): void };

const timeoutMs = 10_000;

/**
 * Hands each mail to an SMTP server. It is sent once the server has taken it; a mail whose answer was lost is sent again
 * under the same Message-ID, by which most readers know it. The server's certificate is verified.
 */
export function smtpCarrier({ url, from }: SmtpSettings): SmtpCarrier {
  const { hostname } = new URL(url);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // What a mail says is written here: nothing of it is a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    carry: async ({ id, recipient, subject, body, createdAt }) => {
      await transport.sendMail({
        from,
        // As an object, so that a comma in an address makes no second recipient.
        to: { name: '', address: recipient },
        subject,
        text: body,
        date: createdAt,
        messageId: `<${id}@${hostname}>`,
        headers: { 'auto-submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
}
