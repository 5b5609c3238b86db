import { readFileSync } from 'node:fs';
import { type BrowserContext, expect, type Page } from '@playwright/test';

/** What moves the focus, or does something, without a key. */
const BY_HAND =
  /\.(?:click|dblclick|tap|hover|check|uncheck|setChecked|selectOption|dragTo|drop|fill|clear|focus|press|pressSequentially|dispatchEvent|setInputFiles)\(|\.mouse\b|\.touchscreen\b/;

/** Lines of a spec that would do something other than by `page.keyboard`. */
export function linesByHand(source: string): string[] {
  return source
    .split('\n')
    .filter((line) => BY_HAND.test(line.replaceAll(/\bkeyboard\.press\(/g, '')))
    .map((line) => line.trim());
}

export function linesByHandIn(file: string): string[] {
  return linesByHand(readFileSync(file, 'utf8'));
}

/** Counts pointers in every page of the context, whoever moves them: whatever a helper may do, it is noticed. */
export async function countPointers(context: BrowserContext): Promise<() => number> {
  let count = 0;
  await context.exposeFunction('notePointer', () => {
    count += 1;
  });
  await context.addInitScript(() => {
    const note = (event: Event) => {
      if (event.isTrusted) (globalThis as unknown as { notePointer(): void }).notePointer();
    };
    for (const type of ['pointerdown', 'touchstart', 'wheel']) addEventListener(type, note, true);
  });
  return () => count;
}

/** A pointer that the count must notice. */
export async function pressPointer(page: Page): Promise<void> {
  await page.mouse.click(5, 5);
}

/** Tab after Tab, until what has the focus says so. */
export async function tabTo(page: Page, words: RegExp): Promise<void> {
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      if (!(at instanceof HTMLElement) || at === document.body) return '';
      const label = at instanceof HTMLInputElement ? at.labels?.[0]?.innerText : undefined;
      return (at.ariaLabel ?? label ?? at.innerText).replaceAll(/\s+/g, ' ').trim();
    });
  const passed: string[] = [];
  while (passed.length < 80) {
    const at = await focused();
    if (words.test(at)) return;
    passed.push(at);
    await page.keyboard.press('Tab');
  }
  expect(passed, 'what Tab came by').toContain(String(words));
}
