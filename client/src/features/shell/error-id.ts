/**
 * A short number for an error, the same for the same fault, so that two calls to the office can be told to be one.
 * FNV-1a over name, message and the innermost frame, where build hashes are left out.
 */
export function errorIdOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}|${error.message}|${frameOf(error)}` : String(error);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return `EK-${(hash >>> 0).toString(36).toUpperCase().padStart(7, '0')}`;
}

function frameOf(error: Error): string {
  const frame = error.stack?.split('\n').find((line) => /^\s*at |@/.test(line)) ?? '';
  return frame.replace(/https?:\/\/[^/]+/, '').replace(/-[\w-]{8}\.js/, '.js');
}
