import { readStream } from './stream-reader.ts';

/** A marked change was heard of by a client; the time in milliseconds since 1970. */
export type Heard = { readonly change: number; readonly at: number };

/** So many clients that note when they hear of marked rows; a mark is `mark:<number of the change>:`. */
const [url, token, count] = process.argv.slice(2);
if (url === undefined || token === undefined)
  throw new Error('usage: reader-process.ts <url> <token> <count>');

const MARK = Buffer.from('mark:');
let heard: Heard[] = [];
const hear = (bytes: Buffer) => {
  const arrivedAt = performance.timeOrigin + performance.now();
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) {
    const from = at + MARK.length;
    heard.push({ change: Number(bytes.toString('latin1', from, bytes.indexOf(':', from))), at: arrivedAt });
  }
};
const readers = Array.from({ length: Number(count) }, () => readStream({ url, token }, hear));
process.on('message', () => {
  process.send?.(heard);
  heard = [];
});
process.on('disconnect', () => process.exit(0));
await Promise.all(readers.map(({ whole }) => whole));
process.send?.([]);
