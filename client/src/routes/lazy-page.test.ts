import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { englishTexts } from '#i18n/en/texts.ts';
import { type LateFeature, lateTexts } from '#i18n/late-texts.ts';

const sources = resolve(import.meta.dirname, '..');
const lateFeatures = Object.keys(lateTexts) as LateFeature[];

function pathOf(importer: string, name: string): string {
  return name.startsWith('#') ? join(sources, name.slice(1)) : resolve(dirname(importer), name);
}

/** Files of the app that this one imports, at once or later; types say nothing. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replaceAll(/^import type [^;]*;/gm, '');
  return [...text.matchAll(/(?:from |import\()\s*'([#.][^']+)'/g)]
    .map(([, name = '']) =>
      name.startsWith('#') ? join(sources, name.slice(1)) : resolve(dirname(file), name),
    )
    .filter((path) => /\.tsx?$/.test(path) && existsSync(path) && !/\/i18n\/(en|de)\//.test(path));
}

function allImportsOf(file: string, without: (path: string) => boolean): Set<string> {
  const found = new Set<string>([file]);
  for (const path of found) for (const next of importsOf(path)) if (!without(next)) found.add(next);
  return found;
}

const keys: string[] = [];
function noteKeys(tree: object, prefix: string): void {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') keys.push(`${prefix}${key.replace(/_(one|other)$/, '')}`);
    else noteKeys(value, `${prefix}${key}.`);
  }
}
for (const feature of lateFeatures) noteKeys(await lateTexts[feature].en(), '');
const known = new Set(keys);

/** The late texts that these files speak with: a key by its whole name, a family of keys by its beginning. */
function spokenBy(files: Iterable<string>): Map<string, string> {
  const spoken = new Map<string, string>();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const named = [...text.matchAll(/'([\w.]+)'/g)].filter(([, key = '']) => known.has(key));
    const families = [...text.matchAll(/`(\w+\.[\w.]*)\$\{/g)].filter(([, start = '']) =>
      keys.some((key) => key.startsWith(start)),
    );
    for (const [, key = ''] of [...named, ...families]) {
      spoken.set(key.split('.')[0] ?? '', relative(sources, file));
    }
  }
  return spoken;
}

type Page = { readonly file: string; readonly page: string; readonly texts: readonly string[] };

const routeFiles = ['device-routes.ts', 'event-routes.ts', 'stock-routes.ts', 'stocktake-routes.ts'];
const pages: Page[] = routeFiles.flatMap((name) => {
  const file = join(import.meta.dirname, name);
  const calls = readFileSync(file, 'utf8').matchAll(
    /lazyPage\(\s*\[([^\]]*)\],\s*\(\) => import\('([^']+)'\)/g,
  );
  return [...calls].map(([, texts = '', page = '']) => ({
    file: pathOf(file, page),
    page,
    texts: [...texts.matchAll(/'(\w+)'/g)].map(([, one = '']) => one).sort(),
  }));
});

describe('the texts of a lazy page', () => {
  test.each(pages)('$page names what it and all it imports speak with', ({ file, texts }) => {
    const spoken = spokenBy(allImportsOf(file, (path) => path.startsWith(join(sources, 'routes/'))));
    expect(texts).toEqual([...spoken.keys()].sort());
  });

  test('every route is looked at', () => {
    const routes = routeFiles.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('');
    expect(pages).toHaveLength([...routes.matchAll(/createRoute\(\{/g)].length);
  });

  test('what stands around every screen speaks with the texts of the start', () => {
    const isPage = (path: string) => routeFiles.includes(relative(import.meta.dirname, path));
    const around = allImportsOf(join(sources, 'main.tsx'), (path) => isPage(path) || path.includes('/dev/'));
    expect([...around].map((path) => relative(sources, path))).toContain('features/shell/shell.tsx');
    expect(Object.fromEntries(spokenBy(around))).toEqual({});
    expect(Object.keys(englishTexts).filter((name) => name in lateTexts)).toEqual([]);
  });
});
