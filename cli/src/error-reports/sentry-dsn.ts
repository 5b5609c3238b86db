/** Where reports go and with which key, as the address of a Sentry project says it. */
export type SentryDsn = { readonly envelopeUrl: URL; readonly publicKey: string };

/** Reads `https://<key>@<host>/<project>`; null where it is none. */
export function readSentryDsn(text: string): SentryDsn | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, host, pathname } = new URL(text);
  const [, path = '', project] = /^((?:\/[^/]+)*)\/(\d+)$/.exec(pathname) ?? [];
  if (!/^https?:$/.test(protocol) || !/^\w+$/.test(username) || project === undefined) return null;
  return {
    envelopeUrl: new URL(`${protocol}//${host}${path}/api/${project}/envelope/`),
    publicKey: username,
  };
}
