import { lazyRouteComponent } from '@tanstack/react-router';
import type { LateFeature } from '#i18n/late-texts.ts';
import { addLateTexts } from '#i18n/start-i18n.ts';

/** A screen that is loaded when it is opened, together with the texts it speaks with. */
export function lazyPage<Page extends Record<string, unknown>, Name extends keyof Page>(
  texts: readonly LateFeature[],
  load: () => Promise<Page>,
  name: Name,
) {
  return lazyRouteComponent(async () => {
    const [page] = await Promise.all([load(), addLateTexts(texts)]);
    return page;
  }, name);
}
