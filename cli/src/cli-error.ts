/** Something that the person at the keyboard can put right. The message says what is wrong and the way out. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
