/** Letters as people look them up: without case, umlauts as their vowels. SQLite itself knows ASCII letters only. */
const FOLDS = [
  ['Ä', 'a'],
  ['Ö', 'o'],
  ['Ü', 'u'],
  ['ä', 'a'],
  ['ö', 'o'],
  ['ü', 'u'],
  ['ß', 'ss'],
] as const;

export function foldText(text: string): string {
  const lower = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  return FOLDS.reduce((folded, [from, to]) => folded.replaceAll(from, to), lower);
}

/** The same in SQL, of an expression that is a text. */
export function foldSql(sql: string): string {
  return FOLDS.reduce((folded, [from, to]) => `replace(${folded}, '${from}', '${to}')`, `lower(${sql})`);
}
