import { readStream } from './stream-reader.ts';

/**
 * So many clients that hear of marked rows. A mark is `mark:<milliseconds since 1970>:`, the moment at which its row was
 * written; each client notes how old a mark is when its line arrives.
 */
const [url, token, count] = process.argv.slice(2);
if (url === undefined || token === undefined)
  throw new Error('usage: reader-process.ts <url> <token> <count>');

const MARK = Buffer.from('mark:');
let ages: number[] = [];
const hear = (bytes: Buffer) => {
  const now = performance.timeOrigin + performance.now();
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) {
    const from = at + MARK.length;
    ages.push(now - Number(bytes.toString('latin1', from, bytes.indexOf(':', from))));
  }
};
const readers = Array.from({ length: Number(count) }, () => readStream({ url, token }, hear));
process.on('message', () => {
  process.send?.(ages);
  ages = [];
});
process.on('disconnect', () => process.exit(0));
await Promise.all(readers.map(({ whole }) => whole));
process.send?.([]);
