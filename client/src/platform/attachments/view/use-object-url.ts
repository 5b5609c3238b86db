import { useEffect, useState } from 'react';

/** An address for bytes or a blob, for as long as the component shows it; null before the first. */
export function useObjectUrl(content: Blob | Uint8Array<ArrayBuffer> | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (content === null) return undefined;
    const made = URL.createObjectURL(content instanceof Blob ? content : new Blob([content]));
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [content]);
  return url;
}
