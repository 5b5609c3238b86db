/**
 * True where a request that carries our cookie was sent by a page of ours. Browsers say so in Sec-Fetch-Site and,
 * on everything but plain reads, in Origin; a script of another site can leave out or forge neither.
 * Content types need no look here: Connect answers 415 to all that a foreign form could send.
 * A request with effects that says nothing of its origin is refused; reads pass, as their answer stays unreadable.
 */
export function isFromOwnSite(request: {
  readonly header: Headers;
  readonly requestMethod: string;
  readonly url: string;
}): boolean {
  const site = request.header.get('sec-fetch-site');
  const origin = request.header.get('origin');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  if (origin !== null) return hostOf(origin) === (request.header.get('host') ?? new URL(request.url).host);
  return site !== null || request.requestMethod === 'GET' || request.requestMethod === 'HEAD';
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
