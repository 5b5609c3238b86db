import { cleanPicture, type PictureProblem } from '@eventkit/shared/attachments/clean-picture.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { cleanWebp } from './clean-webp.ts';
import { extensionOf } from './file-name.ts';
import { readZip, type ZipProblem } from './read-zip.ts';

/** kind_not_taken: an extension that is not on the list. other_kind: the bytes are not what the name says. */
export type FileProblem = 'kind_not_taken' | 'other_kind' | 'with_macros' | PictureProblem | ZipProblem;

export type ReadFile = { readonly bytes: Uint8Array<ArrayBuffer>; readonly mediaType: string };

type Reader = (bytes: Uint8Array<ArrayBuffer>) => Result<Uint8Array<ArrayBuffer>, FileProblem>;
type Kind = { readonly mediaType: string; readonly read: Reader };

const MOST_PIXELS = 40_000_000;

/**
 * What is kept of a file: pictures without anything beside what they show, all else as it came, once its bytes are what
 * its name says. Nothing here runs, unpacks or decodes what it looks at.
 */
export function readFile(name: string, bytes: Uint8Array<ArrayBuffer>): Result<ReadFile, FileProblem> {
  const kind = kindsByExtension.get(extensionOf(name));
  if (kind === undefined) return err('kind_not_taken');
  const read = kind.read(bytes);
  return read.ok ? ok({ bytes: read.value, mediaType: kind.mediaType }) : read;
}

const starting =
  (...starts: readonly string[]): Reader =>
  (bytes) =>
    starts.some((start) => startsWith(bytes, start)) ? ok(bytes) : err('other_kind');

/** A zip that has a file whose name begins with one of these, and no program. */
const zipWith =
  (...parts: readonly string[]): Reader =>
  (bytes) => {
    if (!startsWith(bytes, 'PK\x03\x04')) return err('other_kind');
    const names = readZip(bytes);
    if (!names.ok) return names;
    if (names.value.some((name) => /vbaProject|(^|\/)(Basic|Scripts)\//i.test(name)))
      return err('with_macros');
    return parts.every((part) => names.value.some((name) => name.startsWith(part)))
      ? ok(bytes)
      : err('other_kind');
  };

const picture =
  (mediaType: 'image/jpeg' | 'image/png'): Reader =>
  (bytes) => {
    const cleaned = cleanPicture(bytes);
    if (!cleaned.ok) return cleaned.error === 'not_a_picture' ? err('other_kind') : cleaned;
    return cleaned.value.mediaType === mediaType ? ok(cleaned.value.bytes) : err('other_kind');
  };

function webp(bytes: Uint8Array): Result<Uint8Array<ArrayBuffer>, FileProblem> {
  if (!startsWith(bytes, 'RIFF') || !startsWith(bytes.subarray(8), 'WEBP')) return err('other_kind');
  const cleaned = cleanWebp(bytes);
  if (!cleaned.ok) return cleaned;
  return cleaned.value.pixels > MOST_PIXELS ? err('too_many_pixels') : ok(cleaned.value.bytes);
}

/** Text in UTF-8 without anything that text does not have. */
function text(bytes: Uint8Array<ArrayBuffer>): Result<Uint8Array<ArrayBuffer>, FileProblem> {
  try {
    const words = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return words.includes('\0') ? err('other_kind') : ok(bytes);
  } catch {
    return err('other_kind');
  }
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OPEN = 'application/vnd.oasis.opendocument';
const kindsByExtension: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['pdf', { mediaType: 'application/pdf', read: starting('%PDF-') }],
  ['jpg', { mediaType: 'image/jpeg', read: picture('image/jpeg') }],
  ['jpeg', { mediaType: 'image/jpeg', read: picture('image/jpeg') }],
  ['png', { mediaType: 'image/png', read: picture('image/png') }],
  ['webp', { mediaType: 'image/webp', read: webp }],
  [
    'docx',
    { mediaType: `${OFFICE}.wordprocessingml.document`, read: zipWith('[Content_Types].xml', 'word/') },
  ],
  ['xlsx', { mediaType: `${OFFICE}.spreadsheetml.sheet`, read: zipWith('[Content_Types].xml', 'xl/') }],
  [
    'pptx',
    { mediaType: `${OFFICE}.presentationml.presentation`, read: zipWith('[Content_Types].xml', 'ppt/') },
  ],
  ['odt', { mediaType: `${OPEN}.text`, read: zipWith('mimetype', 'content.xml') }],
  ['ods', { mediaType: `${OPEN}.spreadsheet`, read: zipWith('mimetype', 'content.xml') }],
  ['odp', { mediaType: `${OPEN}.presentation`, read: zipWith('mimetype', 'content.xml') }],
  ['txt', { mediaType: 'text/plain', read: text }],
  ['csv', { mediaType: 'text/csv', read: text }],
  ['dwg', { mediaType: 'image/vnd.dwg', read: starting('AC10') }],
  ['dxf', { mediaType: 'image/vnd.dxf', read: text }],
  ['step', { mediaType: 'model/step', read: starting('ISO-10303-21;') }],
  ['stp', { mediaType: 'model/step', read: starting('ISO-10303-21;') }],
  // Rigs and fixtures, DIN SPEC 15800.
  ['mvr', { mediaType: 'application/zip', read: zipWith('GeneralSceneDescription.xml') }],
  ['gdtf', { mediaType: 'application/zip', read: zipWith('description.xml') }],
]);

function startsWith(bytes: Uint8Array, start: string): boolean {
  return [...start].every((letter, index) => bytes[index] === letter.charCodeAt(0));
}
