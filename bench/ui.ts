import { join } from 'node:path';
import { buildClient } from '@eventkit/cli/stack/build-client.ts';
import type { Bench } from './bench.ts';
import { openBenchStack, untilReplicated } from './bench-stack.ts';
import { measureFirstLoad } from './ui/first-load.ts';
import { measureKeptApp } from './ui/kept-app.ts';
import { measureScanRoute } from './ui/scan-route.ts';

/** What of the app travels, how it opens the first time, and how it opens and answers without a network. */
export const benchUi: Bench = async ({ assetCount }) => {
  await buildClient(join(import.meta.dirname, '..'));
  await using stack = await openBenchStack(assetCount);
  await untilReplicated(stack);
  const results = [await measureScanRoute(), await measureFirstLoad(stack), await measureKeptApp(stack)];
  return {
    figures: Object.assign({}, ...results.map(({ figures }) => figures)),
    budgets: Object.assign({}, ...results.map(({ budgets }) => budgets)),
    notes: results.flatMap(({ notes }) => notes),
  };
};
