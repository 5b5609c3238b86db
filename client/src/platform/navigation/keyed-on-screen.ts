export type Keyed = { readonly key: string; readonly text: string; readonly element: HTMLElement };

/** What can be seen of the screen and names a single key of its own (`aria-keyshortcuts="e"`), in its order. */
export function keyedOnScreen(page: Pick<Document, 'querySelectorAll'>): Keyed[] {
  return [...page.querySelectorAll<HTMLElement>('main [aria-keyshortcuts]')].flatMap((element) => {
    const key = element.getAttribute('aria-keyshortcuts') ?? '';
    if (key.length !== 1 || !element.checkVisibility() || element.matches(':disabled')) return [];
    return [{ key: key.toLowerCase(), text: element.ariaLabel ?? element.innerText, element }];
  });
}
