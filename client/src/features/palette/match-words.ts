/** Whether every word of `text` begins a word of `said`; accents and capitals do not matter. */
export function matchesWords(said: string, text: string): boolean {
  const words = wordsOf(said);
  return wordsOf(text).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
}
