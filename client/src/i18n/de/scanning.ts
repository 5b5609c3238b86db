import type { scanning as english } from '#i18n/en/scanning.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const scanning: TextsLike<typeof english> = {};
