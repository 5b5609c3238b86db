import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Mutant, plant } from './mutant.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** From now on this thread loads the product with the bug in it. Answers whether the file was loaded. */
export function plantWhileLoading(mutant: Mutant): { isPlanted(): boolean } {
  let isPlanted = false;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.startsWith('file:') || fileURLToPath(url) !== `${root}${mutant.file}`) return loaded;
      isPlanted = true;
      return { ...loaded, source: plant(mutant, String(loaded.source)) };
    },
  });
  return { isPlanted: () => isPlanted };
}
