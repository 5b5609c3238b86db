import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compress } from '@eventkit/cli/stack/compress.ts';
import type { BenchResult } from '#bench.ts';

const dist = join(import.meta.dirname, '../../client/dist');
const SCAN_ROUTE = 'src/routes/event-scan-page.tsx';

/** What Vite says of one built file, by the source that it begins with. */
type Chunk = {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
};
type Manifest = Readonly<Record<string, Chunk>>;

/**
 * How much JavaScript stands between a first visit and the first scan: the app and the scan route with everything they
 * import, each file compressed as it travels. Texts and workers are not among it. What the app loads beside it of its
 * own accord, so that no scan waits for it, is counted apart.
 */
export async function measureScanRoute(): Promise<BenchResult> {
  const manifest: Manifest = JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8'));
  const app = await namesInPage(manifest);
  const scanRoute = closureOf(manifest, [...app, SCAN_ROUTE]);
  const beside = [...scanRoute]
    .flatMap((name) => chunkOf(manifest, name).dynamicImports ?? [])
    .filter((name) => name.startsWith('src/platform/'));
  const withBeside = closureOf(manifest, [...scanRoute, ...beside]);
  const scanRouteBytes = await compressedBytes(manifest, scanRoute);
  return {
    figures: {
      scan_route_js_kb: kilobytes(scanRouteBytes),
      scan_route_files: scanRoute.size,
      beside_scan_route_js_kb: kilobytes((await compressedBytes(manifest, withBeside)) - scanRouteBytes),
    },
    budgets: { scan_route_js_kb: 250 },
    notes: [
      'brotli as the server sends it, each file by itself; 1 KB is 1,000 bytes',
      `beside: ${beside.map((name) => name.replace('src/platform/', '')).join(', ')}`,
    ],
  };
}

/** The scripts that the page itself names. */
async function namesInPage(manifest: Manifest): Promise<string[]> {
  const page = await readFile(join(dist, 'index.html'), 'utf8');
  const files = new Set([...page.matchAll(/"\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file));
  const names = Object.keys(manifest).filter((name) => files.has(chunkOf(manifest, name).file));
  if (names.length === 0) throw new Error('the page names no script');
  return names;
}

function closureOf(manifest: Manifest, names: readonly string[]): Set<string> {
  const reached = new Set<string>(names);
  // A set hands out what is added while it is walked.
  for (const name of reached) {
    for (const imported of chunkOf(manifest, name).imports ?? []) reached.add(imported);
  }
  return reached;
}

function chunkOf(manifest: Manifest, name: string): Chunk {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`the build has no ${name}`);
  return chunk;
}

async function compressedBytes(manifest: Manifest, names: ReadonlySet<string>): Promise<number> {
  const sizes = [...names].map(async (name) => {
    const bytes = await readFile(join(dist, chunkOf(manifest, name).file));
    return (await compress.br(bytes)).byteLength;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 100) / 10;
}
