import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

it('the image runs the server with the flags that it is measured with', () => {
  const [, entry = '[]'] = /^ENTRYPOINT (\[.*\])$/m.exec(read('Dockerfile')) ?? [];
  expect(JSON.parse(entry)).toEqual(['node', ...JSON.parse(read('cli/node-flags.json')), 'cli/src/main.ts']);
});
