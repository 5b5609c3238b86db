/** A bug to be planted: one piece of one file of the product, replaced as it is loaded. */
export type Mutant = {
  readonly name: string;
  /** What goes wrong by it, for people. */
  readonly breaks: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Must be there exactly once: a mutant whose piece is gone or has doubled is reported, not passed over. */
  readonly find: string;
  readonly replace: string;
};

/** The text with the bug in it. Throws where the piece is not there exactly once. */
export function plant({ name, file, find, replace }: Mutant, text: string): string {
  const count = text.split(find).length - 1;
  if (count !== 1) throw new Error(`mutant ${name}: its piece of ${file} is there ${count} times`);
  return text.replace(find, () => replace);
}
