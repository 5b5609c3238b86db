import type { checkin as english } from '#i18n/en/checkin.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const checkin: TextsLike<typeof english> = {};
