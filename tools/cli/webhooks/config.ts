/** Where the graph is and as whom, where no option says. */
export function webhookDefaults(): { readonly url: string; readonly token: string | undefined } {
  const { MARQUEE_URL, MARQUEE_TOKEN } = process.env;
  return { url: MARQUEE_URL || 'http://127.0.0.1:4000', token: MARQUEE_TOKEN || undefined };
}
