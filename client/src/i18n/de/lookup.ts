import type { lookup as english } from '#i18n/en/lookup.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const lookup: TextsLike<typeof english> = {
  unknown: 'Kein Etikett auf diesem Gerät trägt diesen Code. Es wurde nichts erfasst.',
  empty: 'Der Scanner hat nichts Lesbares gesendet.',
  too_long: 'Viel zu lang für ein Etikett. Es wurde nichts erfasst.',
  failed: 'Der Code ließ sich auf diesem Gerät nicht nachschlagen. Noch einmal scannen.',
};
