import type { common as english } from '#i18n/en/common.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const common: TextsLike<typeof english> = {
  back: 'Zurück',
  close: 'Schließen',
  pad: { delete: 'Letzte Ziffer löschen', more: 'Eines mehr', less: 'Eines weniger' },
  search: 'Suchen',
  as_of: 'Stand {{time}}',
  readFailed: 'Das konnte nicht aus dem Speicher dieses Geräts gelesen werden.',
  readFailedSafe: 'Was erfasst wurde, bleibt erhalten. Seite neu laden.',
};
