const LONGEST = 200;
/** Parts of paths, what Windows forbids, controls, and marks that turn the direction of writing and so hide an extension. */
const FORBIDDEN = /[/\\:*?"<>|\p{Cc}\p{Cf}\u2028\u2029]/u;
/** Names that Windows takes for devices, whatever follows the dot. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The name of a file as it can be given out again anywhere; null for what is none. */
export function readFileName(given: string): string | null {
  const name = given.normalize('NFC').trim();
  if (name.length === 0 || name.length > LONGEST || name.startsWith('.') || name.endsWith('.')) return null;
  return FORBIDDEN.test(name) || DEVICES.test(name) ? null : name;
}

/** In lower case, without the dot; empty where there is none. */
export function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** For Content-Disposition: always something to keep, by its name (RFC 6266, RFC 8187). */
export function asAttachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
