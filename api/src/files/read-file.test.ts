import { joinBytes } from '@eventkit/shared/attachments/join-bytes.ts';
import { exifSegment, testJpeg, testPng } from '@eventkit/shared/test/test-pictures.ts';
import { describe, expect, test } from 'vitest';
import { type TestEntry, testZip } from '#testing/test-zip.ts';
import { asAttachment, readFileName } from './file-name.ts';
import { readFile } from './read-file.ts';

const bytesOf = (words: string) => new Uint8Array(Buffer.from(words, 'latin1'));
const word: TestEntry[] = [
  { name: '[Content_Types].xml', content: '<Types/>' },
  { name: 'word/document.xml', content: 'Hello' },
];
const problemOf = (name: string, bytes: Uint8Array<ArrayBuffer>) => {
  const read = readFile(name, bytes);
  return read.ok ? null : read.error;
};
const webp = (...chunks: readonly (readonly [string, Uint8Array])[]) => {
  const body = joinBytes(
    chunks.flatMap(([kind, content]) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(content.length);
      return [bytesOf(kind), length, content, new Uint8Array(content.length % 2)];
    }),
  );
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length + 4);
  return joinBytes([bytesOf('RIFF'), size, bytesOf('WEBP'), body]);
};
/** 16 by 9 pixels, with a promise of EXIF. */
const extended = Uint8Array.of(0x08, 0, 0, 0, 15, 0, 0, 8, 0, 0);

describe('what is taken', () => {
  test.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['plan.PDF', bytesOf('%PDF-1.7\n…'), 'application/pdf'],
    ['photo.jpg', testJpeg({ width: 1600, height: 1200 }), 'image/jpeg'],
    ['photo.png', testPng({ width: 100, height: 100 }), 'image/png'],
    ['photo.webp', webp(['VP8X', extended], ['VP8 ', new Uint8Array(12)]), 'image/webp'],
    ['offer.docx', testZip(word), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['list.csv', new TextEncoder().encode('Gerät;Menge\nTraverse;12'), 'text/csv'],
    ['hall.dwg', bytesOf('AC1032\0\0'), 'image/vnd.dwg'],
    ['part.step', bytesOf('ISO-10303-21;\nHEADER;'), 'model/step'],
    ['rig.mvr', testZip([{ name: 'GeneralSceneDescription.xml', content: '<x/>' }]), 'application/zip'],
  ])('%s', (name, bytes, mediaType) => {
    expect(readFile(name, bytes)).toMatchObject({ ok: true, value: { mediaType } });
  });
});

describe('polyglots and disguises', () => {
  const script = bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  test.each<[string, string, Uint8Array<ArrayBuffer>, string]>([
    ['SVG with a script', 'logo.svg', script, 'kind_not_taken'],
    ['SVG called a picture', 'logo.png', script, 'other_kind'],
    ['a page called a PDF', 'plan.pdf', bytesOf('<html><script>alert(1)</script>%PDF-1.7'), 'other_kind'],
    ['a page', 'plan.html', bytesOf('<html>'), 'kind_not_taken'],
    ['a program', 'plan.pdf.exe', bytesOf('MZ'), 'kind_not_taken'],
    ['a program called a text', 'readme.txt', bytesOf('MZ\0\0'), 'other_kind'],
    ['a PNG called a JPEG', 'photo.jpg', testPng({ width: 9, height: 9 }), 'other_kind'],
    ['a zip called a PDF', 'plan.pdf', testZip(word), 'other_kind'],
    ['a zip called a letter', 'offer.docx', testZip([{ name: 'x.txt' }]), 'other_kind'],
    [
      'a zip behind a picture, called a letter',
      'offer.docx',
      joinBytes([testJpeg({ width: 9, height: 9 }), testZip(word)]),
      'other_kind',
    ],
    [
      'a letter with something behind it',
      'offer.docx',
      joinBytes([testZip(word), bytesOf('<script>')]),
      'archive_damaged',
    ],
    [
      'a letter with macros',
      'offer.docx',
      testZip([...word, { name: 'word/vbaProject.bin' }]),
      'with_macros',
    ],
  ])('%s', (_what, name, bytes, problem) => {
    expect(problemOf(name, bytes)).toBe(problem);
  });

  test('a zip behind a picture is cut off', () => {
    const clean = testJpeg({ width: 9, height: 9 });
    const read = readFile('photo.jpg', joinBytes([clean, testZip(word)]));
    expect(read.ok && read.value.bytes).toEqual(clean);
  });
});

describe('pictures', () => {
  test('a PNG of 50,000 by 50,000 pixels is refused by its header', () => {
    expect(problemOf('bomb.png', testPng({ width: 50_000, height: 50_000 }))).toBe('too_many_pixels');
    expect(problemOf('bomb.jpg', testJpeg({ width: 50_000, height: 50_000 }))).toBe('too_many_pixels');
    const wide = Uint8Array.of(0, 0, 0, 0, 0x4f, 0xc3, 0, 0x4f, 0xc3, 0);
    expect(problemOf('bomb.webp', webp(['VP8X', wide]))).toBe('too_many_pixels');
  });

  test('EXIF with the position is removed', () => {
    const secret = 'GPS 48.2082 16.3738';
    const jpeg = testJpeg({ width: 160, height: 120, before: [exifSegment(1, secret)] });
    const images = [
      ['photo.jpg', jpeg],
      [
        'photo.webp',
        webp(
          ['VP8X', extended],
          ['VP8 ', new Uint8Array(12)],
          ['EXIF', bytesOf(secret)],
          ['XMP ', bytesOf(secret)],
        ),
      ],
    ] as const;
    for (const [name, bytes] of images) {
      expect(Buffer.from(bytes).includes(secret)).toBe(true);
      const read = readFile(name, bytes);
      expect(read.ok && Buffer.from(read.value.bytes).includes('GPS')).toBe(false);
      expect(read.ok).toBe(true);
    }
    const cleaned = readFile('photo.webp', images[1][1]);
    // No longer promised either, and the length is that of what is left.
    expect(cleaned.ok && cleaned.value.bytes).toEqual(
      webp(['VP8X', Uint8Array.of(0, ...extended.slice(1))], ['VP8 ', new Uint8Array(12)]),
    );
  });

  test('that are cut off are damaged, and nothing throws', () => {
    const whole = webp(['VP8X', extended], ['VP8 ', new Uint8Array(12)]);
    for (let length = 12; length < whole.length; length += 1) {
      expect(problemOf('photo.webp', whole.slice(0, length))).toBe('damaged');
    }
  });
});

describe('zips', () => {
  const withEntry = (entry: TestEntry) => testZip([...word, entry]);
  test.each<[string, Uint8Array<ArrayBuffer>]>([
    [
      'a bomb of zeros',
      withEntry({ name: 'word/media/image.bmp', content: new Uint8Array(60 * 1024 * 1024) }),
    ],
    ['a bomb by what it claims', withEntry({ name: 'word/x', claimedBytes: 4_000_000_000 })],
    ['a symbolic link', withEntry({ name: 'word/link', content: '/etc/passwd', isLink: true })],
    ['a name that climbs out', withEntry({ name: 'word/../../etc/passwd' })],
    ['a name from the root', withEntry({ name: '/etc/passwd' })],
    ['a name with a drive', withEntry({ name: 'C:\\Windows\\x' })],
    [
      'more files than any letter has',
      testZip([...word, ...Array.from({ length: 5000 }, (_, at) => ({ name: `word/${at}` }))]),
    ],
  ])('%s is refused as an office file', (_what, bytes) => {
    expect(problemOf('offer.docx', bytes)).toBe('archive_unsafe');
  });

  test('entries that share their bytes are refused', () => {
    const zip = testZip([...word, { name: 'word/x', content: 'a' }]);
    // The last entry of the directory is led to the place of the first.
    const view = new DataView(zip.buffer);
    const start = view.getUint32(zip.length - 6, true);
    let at = start;
    for (let skip = 0; skip < 2; skip += 1) at += 46 + view.getUint16(at + 28, true);
    view.setUint32(at + 42, 0, true);
    expect(problemOf('offer.docx', zip)).toBe('archive_unsafe');
  });

  test('that are cut off or changed never throw', () => {
    const zip = testZip(word);
    for (let length = 4; length < zip.length; length += 3)
      expect(problemOf('x.docx', zip.slice(0, length))).not.toBeNull();
    for (let index = 0; index < zip.length; index += 1) {
      const changed = zip.slice();
      changed[index] = (changed[index] ?? 0) ^ 0xff;
      readFile('x.docx', changed);
    }
  });
});

describe('names', () => {
  test.each([
    '../../etc/passwd',
    'a/b.pdf',
    'a\\b.pdf',
    'C:x.pdf',
    '.htaccess',
    'x.pdf.',
    ' ',
    '',
    'nul.pdf',
    'a\0.pdf',
    'a\r\nSet-Cookie: x.pdf',
    'plan\u202efdp.exe',
    'x'.repeat(201),
  ])('%j is none', (name) => {
    expect(readFileName(name)).toBeNull();
  });

  test('are given out so that nothing of them becomes a header', () => {
    const name = readFileName('  Bühne "Süd" 100%.pdf');
    expect(name).toBeNull();
    expect(asAttachment('Bühne (Süd) 100%.pdf')).toBe(
      `attachment; filename="B_hne (S_d) 100_.pdf"; filename*=UTF-8''B%C3%BChne%20%28S%C3%BCd%29%20100%25.pdf`,
    );
  });
});
