/** Gives a person a file to keep, where the browser puts downloads. Works without network. */
export function saveFile(name: string, content: BlobPart, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it by the time that the next task runs.
  setTimeout(() => URL.revokeObjectURL(url));
}

/** A name that every file system takes: letters, digits, dots and dashes. */
export function fileNameOf(parts: readonly string[], extension: string): string {
  const plain = parts.map((part) =>
    part
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^A-Za-z0-9.]+/g, '-')
      .replaceAll(/^-+|-+$/g, ''),
  );
  return `${plain.filter((part) => part !== '').join('-')}.${extension}`;
}
