import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { readAuthorization, signatureOf } from './s3-signature.ts';

export type S3Double = {
  readonly endpoint: URL;
  /** Objects by path, bucket first. */
  readonly objects: Map<string, { readonly bytes: Buffer; readonly mediaType: string }>;
  stop(): Promise<void>;
};

/** Puts, gets and deletes objects as S3 does, for one key; a request whose signature is not right is refused. */
export async function startS3Double(keys: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}): Promise<S3Double> {
  const objects: S3Double['objects'] = new Map();
  const server = createServer(async (request, response) => {
    const { method = '', url = '/', headers } = request;
    const given = readAuthorization(headers.authorization ?? '');
    const plain = headers as Record<string, string | undefined>;
    const isSigned =
      given?.accessKeyId === keys.accessKeyId &&
      given.signature ===
        signatureOf({ method, path: url, headers: plain }, { ...given, secret: keys.secretAccessKey });
    const bytes = await buffer(request);
    const found = objects.get(url);
    const answer = (status: number, body: Buffer | string = '') => response.writeHead(status).end(body);
    if (!isSigned) return answer(403, errorBody('SignatureDoesNotMatch'));
    switch (method) {
      case 'PUT':
        objects.set(url, { bytes, mediaType: headers['content-type'] ?? '' });
        return answer(200);
      case 'GET':
        return found ? answer(200, found.bytes) : answer(404, errorBody('NoSuchKey'));
      case 'DELETE':
        objects.delete(url);
        return answer(204);
      default:
        return answer(405, errorBody('MethodNotAllowed'));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    objects,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function errorBody(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}
