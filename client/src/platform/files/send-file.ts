import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';

/** Why a file was not taken, as texts have it. */
export type SendProblem = (typeof problems)[number] | 'unsafe' | 'failed';
const problems = [
  'kind_not_taken',
  'other_kind',
  'with_macros',
  'damaged',
  'too_many_pixels',
  'bad_name',
  'too_large',
  'empty',
  'no_room',
  'not_found',
  'not_permitted',
  'unreachable',
] as const;

/** Where a file goes: a record gets a new one, or a file its next version. */
export type SendTo =
  | { readonly kind: 'asset' | 'product' | 'event'; readonly id: string }
  | { readonly kind: 'version'; readonly fileId: string };

/** Sends the bytes and says how far it is, in per cent. Ends with the signal. Only XMLHttpRequest tells of an upload's way. */
export function sendFile(
  file: File,
  to: SendTo,
  { onProgress, signal }: { readonly onProgress: (percent: number) => void; readonly signal: AbortSignal },
): Promise<Result<void, SendProblem>> {
  const name = encodeURIComponent(file.name);
  const path =
    to.kind === 'version'
      ? `/files/${to.fileId}/versions?name=${name}`
      : `/files?subject=${to.kind}&id=${to.id}&name=${name}`;
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.floor((100 * loaded) / total));
    request.onload = () =>
      resolve(request.status === 201 ? ok(undefined) : err(problemOf(request.responseText)));
    request.onerror = () => resolve(err('unreachable'));
    request.onabort = () => resolve(err('unreachable'));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', path);
    request.send(file);
  });
}

/** What the server says is read as what an older or a newer one may say too. */
export function problemOf(answer: string): SendProblem {
  const said = /"error":"([a-z_]+)"/.exec(answer)?.[1];
  if (said?.startsWith('archive_')) return 'unsafe';
  return problems.find((problem) => problem === said) ?? 'failed';
}
