import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { germanTexts } from './de/texts.ts';
import { englishTexts } from './en/texts.ts';
import type { Language } from './language.ts';
import { lateTexts } from './late-texts.ts';

type Tree = { readonly [key: string]: string | Tree };

function leavesOf(tree: Tree, prefix = ''): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof value === 'string') leaves.set(path, value);
    else for (const [inner, text] of leavesOf(value, path)) leaves.set(inner, text);
  }
  return leaves;
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
}

/** All sources of the app but the texts themselves. */
function readSources(): string {
  const root = join(import.meta.dirname, '..');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !/^i18n\/(en|de)\//.test(name))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');
}

async function lateTextsIn(language: Language): Promise<Tree> {
  const features = await Promise.all(Object.values(lateTexts).map((of) => of[language]()));
  return Object.assign({}, ...features);
}

describe('texts', async () => {
  const english = leavesOf({ ...englishTexts, ...(await lateTextsIn('en')) });
  const german = leavesOf({ ...germanTexts, ...(await lateTextsIn('de')) });

  test('both languages have exactly the same keys', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
    expect(english.size).toBeGreaterThan(100);
  });

  test('no text is empty, and both languages fill in the same values', () => {
    for (const [key, text] of english) {
      const other = german.get(key) ?? '';
      expect(text.trim(), key).not.toBe('');
      expect(other.trim(), key).not.toBe('');
      expect(placeholdersOf(other), key).toEqual(placeholdersOf(text));
    }
  });

  test('every plural form has its partner', () => {
    for (const key of english.keys()) {
      if (key.endsWith('_one')) expect(english.has(key.replace(/_one$/, '_other')), key).toBe(true);
      if (key.endsWith('_other')) expect(english.has(key.replace(/_other$/, '_one')), key).toBe(true);
    }
  });

  test('every key is used by the app', () => {
    const sources = readSources();
    const families = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '');
    const unused = [...english.keys()].filter((key) => {
      const base = key.replace(/_(one|other)$/, '');
      const isNamed = sources.includes(`'${base}'`);
      return !isNamed && !families.some((family) => base.startsWith(family));
    });
    expect(unused).toEqual([]);
  });
});
