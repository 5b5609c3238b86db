import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const root = resolve(import.meta.dirname, 'client');

/** What the server answers itself; the service worker must never answer these with the app. */
const serverPaths = [
  '/attachments',
  '/files',
  '/auth',
  '/oidc',
  '/sync',
  '/write-checkpoint2.json',
  '/probes',
  '/eventkit.v1.',
  '/metrics',
  '/health',
];

/** Where a running `eventkit serve` listens, for the development server to forward to. */
function serverUrl(): string {
  const fromEnvironment = process.env['EVENTKIT_URL'];
  if (fromEnvironment !== undefined) return fromEnvironment;
  const runtimeFile = resolve(import.meta.dirname, '.eventkit/runtime.json');
  if (!existsSync(runtimeFile)) return 'http://localhost:8484';
  const runtime: unknown = JSON.parse(readFileSync(runtimeFile, 'utf8'));
  const hasUrl = typeof runtime === 'object' && runtime !== null && 'url' in runtime;
  return hasUrl && typeof runtime.url === 'string' ? runtime.url : 'http://localhost:8484';
}

function appVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(resolve(import.meta.dirname, 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : '0.0.0';
}

/**
 * The generated messages name the file of the validation rules as a dependency. Only the server validates, so the
 * app gets a file of that name without content: 70 KB of rules fewer to load before the first scan.
 */
function withoutValidationRules(): Plugin {
  const rules = /protovalidate\/gen\/buf\/validate\/validate_pb(\.js)?$/;
  const stub = '\0empty-validation-rules';
  // FileDescriptorProto { name: "buf/validate/validate.proto", package: "buf.validate", syntax: "proto2" }
  const descriptor = 'ChtidWYvdmFsaWRhdGUvdmFsaWRhdGUucHJvdG8SDGJ1Zi52YWxpZGF0ZWIGcHJvdG8y';
  return {
    name: 'eventkit:without-validation-rules',
    enforce: 'pre',
    resolveId: (source) => (rules.test(source) ? stub : null),
    load: (id) =>
      id === stub
        ? `import { fileDesc } from '@bufbuild/protobuf/codegenv2';
           export const file_buf_validate_validate = fileDesc('${descriptor}');`
        : null,
  };
}

/**
 * The database always runs in its worker. The SDK could run it within the page too, and brings all of SQLite's
 * interface for that: 7 KB compressed that nothing would ever call.
 */
function withoutDatabaseInPage(): Plugin {
  const stub = '\0no-database-in-page';
  return {
    name: 'eventkit:without-database-in-page',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source.endsWith('/db/MultiDatabaseServer.js') && importer?.endsWith('/WASQLiteOpenFactory.js')
        ? stub
        : null,
    load: (id) =>
      id === stub
        ? `export class MultiDatabaseServer {
             constructor() { throw new Error('this app opens its database in a worker'); }
           }`
        : null,
  };
}

/**
 * What is loaded before anything is shown, as two files instead of fifty small ones, which compress worse by 14 KB:
 * what others wrote, and what changes with each release. And what many screens share.
 */
const chunkGroups = [
  { name: 'vendor', tags: ['$initial' as const], test: /node_modules/ },
  { name: 'start', tags: ['$initial' as const] },
  // What many screens share: each of these by itself is a few hundred bytes, and named in the list of what to preload.
  { name: 'icons', test: /lucide-react/, minShareCount: 6 },
  // But for what no screen that scans has: it would be loaded before the first scan all the same.
  {
    name: 'ui',
    test: /client\/src\/ui\/(?!select-field|pick-sheet|facts|chip|event-glyph)/,
    minShareCount: 6,
  },
];

export default defineConfig(() => {
  const target = serverUrl();
  const proxy = Object.fromEntries(serverPaths.map((path) => [path, { target, changeOrigin: false }]));
  return {
    root,
    publicDir: 'public',
    define: { 'import.meta.env.VITE_APP_VERSION': JSON.stringify(appVersion()) },
    plugins: [
      withoutValidationRules(),
      withoutDatabaseInPage(),
      react(),
      tailwindcss(),
      VitePWA({
        registerType: 'prompt',
        injectRegister: false,
        manifest: {
          id: '/',
          name: 'EventKit',
          short_name: 'EventKit',
          description: 'Scan, pack and plan event equipment, with or without signal',
          start_url: '/',
          scope: '/',
          display: 'standalone',
          background_color: '#0f0f0e',
          theme_color: '#0f0f0e',
          icons: [
            { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
            { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
            { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
            { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          ],
        },
        workbox: {
          globPatterns: ['**/*.{js,css,html,svg,png,woff2,wasm}'],
          // Never loaded: SQLite for encrypting and for IndexedDB (see platform/replica), and sync over web sockets.
          globIgnores: ['**/mc-wa-sqlite*', '**/*wa-sqlite-async*', '**/*wa-sqlite-jspi*', '**/websockets-*'],
          maximumFileSizeToCacheInBytes: 4_000_000,
          navigateFallback: '/index.html',
          navigateFallbackDenylist: serverPaths.map((path) => new RegExp(`^${path.replaceAll('.', '\\.')}`)),
          cleanupOutdatedCaches: true,
          clientsClaim: true,
          importScripts: ['/push.js'],
          skipWaiting: false,
        },
      }),
    ],
    worker: { format: 'es' as const },
    // The SDK finds its workers and wasm by import.meta.url, which pre-bundling would break.
    optimizeDeps: { exclude: ['@powersync/web', '@journeyapps/wa-sqlite'] },
    server: { proxy },
    preview: { proxy },
    build: {
      target: 'es2023',
      outDir: 'dist',
      emptyOutDir: true,
      sourcemap: false,
      // Says which file holds what: `npm run bench -- ui` counts by it.
      manifest: true,
      // Every browser of that target preloads modules itself.
      modulePreload: { polyfill: false },
      rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } },
    },
  };
});
