import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/property-runs.ts';
import { chunk, exifSegment, segment, testJpeg, testPng } from '#test/test-pictures.ts';
import { cleanPicture } from './clean-picture.ts';

const bytesOf = (words: string) => Uint8Array.from(words, (letter) => letter.charCodeAt(0));
const textOf = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const secret = '48.2082N16.3738E';
const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

function cleaned(bytes: Uint8Array) {
  const picture = cleanPicture(bytes);
  if (!picture.ok) throw new Error(picture.error);
  return picture.value;
}

describe('a clean picture', () => {
  it('[AT3] is a JPEG without EXIF, position, thumbnail, comment, profile, or anything after its end', () => {
    const before = [
      segment(0xe0, bytesOf('JFIF\0')),
      exifSegment(6, secret),
      segment(0xe1, bytesOf(`http://ns.adobe.com/xap/1.0/\0${secret}`)),
      segment(0xe2, bytesOf('ICC_PROFILE\0')),
      segment(0xed, bytesOf(`Photoshop 3.0\0${secret}`)),
      segment(0xfe, bytesOf(script)),
    ];
    const picture = cleaned(testJpeg({ width: 1600, height: 1200, before, after: bytesOf(`PK${script}`) }));
    expect(picture.bytes).toEqual(testJpeg({ width: 1600, height: 1200 }));
    expect(picture).toMatchObject({ mediaType: 'image/jpeg', width: 1600, height: 1200 });
    for (const word of ['Exif', secret, 'script', 'ICC', 'PK'])
      expect(textOf(picture.bytes)).not.toContain(word);
  });

  it('[AT4] is a PNG without text, time, EXIF, or anything after its end', () => {
    const between = [
      chunk('tEXt', bytesOf(`Comment\0${secret}`)),
      chunk('eXIf', bytesOf(`MM\0*${secret}`)),
      chunk('tIME', Uint8Array.of(7, 234, 11, 22, 23, 0, 0)),
      chunk('iCCP', bytesOf('sRGB\0')),
    ];
    const picture = cleaned(testPng({ width: 640, height: 240, between, after: bytesOf(script) }));
    expect(picture.bytes).toEqual(testPng({ width: 640, height: 240 }));
    expect(picture).toMatchObject({ mediaType: 'image/png', width: 640, height: 240 });
  });

  it('[AT5] stays as it is when it is cleaned again', () => {
    for (const bytes of [
      testJpeg(),
      testPng(),
      cleaned(testJpeg({ before: [exifSegment(3, secret)] })).bytes,
    ]) {
      expect(cleaned(bytes).bytes).toEqual(bytes);
    }
  });
});

describe('what is refused', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'not_a_picture'],
    ['a drawing that can run scripts', bytesOf(script), 'not_a_picture'],
    [
      'a page with a picture behind it',
      new Uint8Array([...bytesOf('<html>'), ...testJpeg()]),
      'not_a_picture',
    ],
    ['a GIF', bytesOf('GIF89a'), 'not_a_picture'],
    ['a JPEG broken off in a segment', testJpeg().subarray(0, 30), 'damaged'],
    ['a JPEG broken off in its pixels', testJpeg().subarray(0, -2), 'damaged'],
    ['a JPEG without pixels', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), 'damaged'],
    ['a JPEG of two frames', testJpeg({ before: [testJpeg().subarray(71, 84)] }), 'damaged'],
    ['a JPEG with arithmetic coding', testJpeg({ before: [segment(0xcc, new Uint8Array(4))] }), 'damaged'],
    ['a JPEG of no height', testJpeg({ height: 0 }), 'damaged'],
    ['a JPEG of 50,000 by 50,000', testJpeg({ width: 50_000, height: 50_000 }), 'too_many_pixels'],
    ['a PNG of 50,000 by 50,000', testPng({ width: 50_000, height: 50_000 }), 'too_many_pixels'],
    ['a PNG broken off', testPng().subarray(0, -4), 'damaged'],
    ['a PNG with a wrong check sum', testPng().map((byte, at) => (at === 45 ? byte ^ 1 : byte)), 'damaged'],
    [
      'a PNG that asks for what we do not know',
      testPng({ between: [chunk('FRAC', new Uint8Array())] }),
      'damaged',
    ],
    ['a PNG with two headers', testPng({ between: [chunk('IHDR', new Uint8Array(13))] }), 'damaged'],
  ])('[AT6] %s', (_, bytes, problem) => {
    expect(cleanPicture(bytes)).toEqual({ ok: false, error: problem });
  });

  it('[AT6] is said and never thrown, whatever was done to a picture', () => {
    const broken = fc.record({ png: fc.boolean(), at: fc.nat(300), put: fc.uint8Array({ maxLength: 8 }) });
    let refusedCount = 0;
    fc.assert(
      fc.property(broken, ({ png, at, put }) => {
        const bytes = png ? testPng() : testJpeg({ before: [exifSegment(6, secret)] });
        bytes.set(put.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
        const picture = cleanPicture(bytes);
        if (!picture.ok) refusedCount += 1;
        else expect(textOf(picture.value.bytes)).not.toContain(secret);
      }),
      runs(2_000),
    );
    expect(refusedCount).toBeGreaterThan(200);
  });
});
