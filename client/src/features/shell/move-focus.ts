/** What a line of a list is opened by. */
const LINES = ['li > a', 'li > button', 'li > details > summary', 'tbody > tr[tabindex]']
  .map((line) => `main ${line}`)
  .join(', ');

/** Moves the focus to the next or previous line of the lists on the screen; from nowhere, to the first one. */
export function moveFocus(page: Document, by: 1 | -1): void {
  const lines = [...page.querySelectorAll<HTMLElement>(LINES)].filter((line) => line.checkVisibility());
  const at = lines.findIndex((line) => line === page.activeElement || line.contains(page.activeElement));
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), lines.length - 1);
  lines[next]?.focus();
  lines[next]?.scrollIntoView({ block: 'nearest' });
}
