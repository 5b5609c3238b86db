export type Keyed = { readonly key: string; readonly text: string; readonly element: HTMLElement };

/** What can be seen of the screen and names a single key of its own (`aria-keyshortcuts="e"`), in its order. */
export function keyedOnScreen(page: Pick<Document, 'querySelectorAll'>): Keyed[] {
  return [...page.querySelectorAll<HTMLElement>('main [aria-keyshortcuts]')].flatMap((element) => {
    const key = element.getAttribute('aria-keyshortcuts') ?? '';
    if (key.length !== 1 || !element.checkVisibility() || element.matches(':disabled')) return [];
    return [{ key: key.toLowerCase(), text: textOf(element), element }];
  });
}

/** What takes back the last act of the screen (`aria-keyshortcuts="Control+Z Meta+Z"`); null where there is none. */
export function undoOnScreen(page: Pick<Document, 'querySelectorAll'>): HTMLElement | null {
  const all = [...page.querySelectorAll<HTMLElement>('main [aria-keyshortcuts~="Control+Z"]')];
  return all.find((element) => element.checkVisibility() && !element.matches(':disabled')) ?? null;
}

function textOf(element: HTMLElement): string {
  const label = element instanceof HTMLInputElement ? element.labels?.[0]?.innerText : undefined;
  return element.ariaLabel ?? label ?? element.innerText;
}
