import type { assets as english } from '#i18n/en/assets.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const assets: TextsLike<typeof english> = {};
