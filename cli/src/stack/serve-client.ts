import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { NodeRoute } from '@eventkit/api/app.ts';
import { TRUSTED_TYPES } from '@eventkit/api/http/security-headers.ts';
import { compress } from './compress.ts';

type StaticFile = {
  readonly body: Buffer;
  readonly etag: string;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly isCompressible: boolean;
};

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const compressible = /^(text\/|application\/(json|wasm|manifest)|image\/svg)/;
const NOT_BUILT = 'The app is not built yet: run "npm start", or "vite build".\n';

/**
 * The built client in `folder`, read once at start. Paths of pages that are none of ours answer the app, which routes
 * by itself. Files named by their content are kept for ever, all others (the service worker first of all) asked for
 * every time.
 */
export function serveClient(folder: string): NodeRoute {
  const filesByPath = readFiles(folder);
  const encode = createEncoder();
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const path = decodedPath(request.url ?? '/');
    if (path === null) return false;
    const isPage = extname(path) === '' && (request.headers.accept ?? '').includes('text/html');
    const file =
      filesByPath.get(path) ?? (isPage || path === '/' ? filesByPath.get('/index.html') : undefined);
    if (file === undefined) {
      if (!isPage || filesByPath.size > 0) return false;
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' }).end(NOT_BUILT);
      return true;
    }
    void answer(file);
    return true;

    async function answer({ body, etag, contentType, cacheControl, isCompressible }: StaticFile) {
      // Of the page alone: the service worker loads its own parts in a way that no policy of ours can allow.
      const policy = response.getHeader('content-security-policy');
      if (contentType.startsWith('text/html') && policy !== undefined) {
        response.setHeader('content-security-policy', `${String(policy)}; ${TRUSTED_TYPES}`);
      }
      response.setHeader('etag', etag);
      response.setHeader('cache-control', cacheControl);
      response.setHeader('vary', 'accept-encoding');
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304).end();
        return;
      }
      const accepted = String(request.headers['accept-encoding'] ?? '');
      const encoded = isCompressible ? await encode(etag, body, accepted) : { body, name: null };
      if (encoded.name !== null) response.setHeader('content-encoding', encoded.name);
      response.writeHead(200, { 'content-type': contentType, 'content-length': encoded.body.length });
      response.end(request.method === 'HEAD' ? undefined : encoded.body);
    }
  };
}

function readFiles(folder: string): ReadonlyMap<string, StaticFile> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        const path = `/${relative(folder, file).split(sep).join('/')}`;
        return [path, staticFile(path, readFileSync(file))];
      }),
  );
}

function staticFile(path: string, body: Buffer): StaticFile {
  const contentType = contentTypes[extname(path)] ?? 'application/octet-stream';
  return {
    body,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    contentType,
    cacheControl: path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    isCompressible: body.length > 1024 && compressible.test(contentType),
  };
}

/** Compresses each file at its first use, once for each encoding. */
function createEncoder() {
  const made = new Map<string, Promise<Buffer>>();
  return async (etag: string, body: Buffer, accepted: string) => {
    const name = (['br', 'gzip'] as const).find((encoding) => new RegExp(`\\b${encoding}\\b`).test(accepted));
    if (name === undefined) return { body, name: null };
    const key = `${name} ${etag}`;
    const encoding = made.get(key) ?? compress[name](body);
    made.set(key, encoding);
    return { body: await encoding, name };
  };
}

function decodedPath(url: string): string | null {
  try {
    return decodeURIComponent(url.split('?', 1)[0] ?? '/');
  } catch {
    return null;
  }
}
