import type { packing as english } from '#i18n/en/packing.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const packing: TextsLike<typeof english> = {};
