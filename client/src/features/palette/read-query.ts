/** What is asked for: anything, commands alone (`>`), or codes alone (`#`). */
export type PaletteQuery = {
  readonly scope: 'all' | 'commands' | 'codes';
  readonly text: string;
};

export function readQuery(typed: string): PaletteQuery {
  const text = typed.trimStart();
  if (text.startsWith('>')) return { scope: 'commands', text: text.slice(1).trim() };
  if (text.startsWith('#')) return { scope: 'codes', text: text.slice(1).trim() };
  return { scope: 'all', text: text.trim() };
}
