import { createHash, createHmac } from 'node:crypto';

export type SignedRequest = {
  readonly method: string;
  /** With its query, as sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
};

/** The parts of an AWS4-HMAC-SHA256 Authorization header; null where it is none. */
export function readAuthorization(header: string) {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+?),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  if (!match) return null;
  const [, accessKeyId = '', scope = '', signedHeaders = '', signature = ''] = match;
  return { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature };
}

/** Signature version 4 as AWS describes it for a request with these signed headers. */
export function signatureOf(
  request: SignedRequest,
  { scope, signedHeaders, secret }: { scope: string; signedHeaders: readonly string[]; secret: string },
): string {
  const [path = '/', query = ''] = request.path.split('?');
  const headerLines = signedHeaders.map((name) => `${name}:${request.headers[name]?.trim() ?? ''}\n`);
  const canonical = [
    request.method,
    path,
    query.split('&').sort().join('&'),
    headerLines.join(''),
    signedHeaders.join(';'),
    request.headers['x-amz-content-sha256'] ?? '',
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'] ?? '', scope, hash].join('\n');
  const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}
