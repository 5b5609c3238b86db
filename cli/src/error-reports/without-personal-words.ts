const LONGEST = 300;

/**
 * What an error says, without what it may say of people: only the first line, and nothing that was quoted, looks like an
 * address or an id, or is a longer number. Alike errors come out alike, so that they are counted together.
 */
export function withoutPersonalWords(text: string): string {
  return (text.split('\n', 1)[0] ?? '')
    .replace(/"[^"]*"|'[^']*'|`[^`]*`|„[^“”]*[“”]|“[^”]*”|»[^«]*«/g, '"…"')
    .replace(/\([^()]*\)=\([^()]*\)/g, '(…)=(…)')
    .replace(/\bparams:.*/, 'params: …')
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '<address>')
    .replace(/[^\s@<>]+@[^\s@<>]+/g, '<address>')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<id>')
    .replace(/\d{5,}/g, '…')
    .slice(0, LONGEST);
}
