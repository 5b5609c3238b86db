import type { permissions as source } from '#i18n/en/permissions.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const permissions: TextsLike<typeof source> = {
  inventory_read: 'Produkte und Stücke sehen, und wo sie sind',
  inventory_write: 'Stücke ausmustern',
  planning_read: 'Events und Packlisten sehen',
  planning_extend: 'Beim Scannen Fehlendes auf die Packliste setzen',
  planning_write: 'Events und Packlisten planen',
  scanning_read: 'Scans, Konflikte und Inventuren sehen',
  scanning_write: 'Scannen, packen, laden und zählen',
  maintenance_write: 'Stücke reparieren, prüfen und freigeben',
  stocktakes_approve: 'Inventuren freigeben',
  devices_read: 'Geräte sehen',
  devices_manage: 'Sich um Geräte kümmern und um das, was nicht ankam',
  users_manage: 'Leute einladen und sagen, was sie dürfen',
  settings_manage: 'Ändern, was die Firma eingestellt hat',
  api_keys_manage: 'Schlüssel für Programme machen',
  audit_read: 'Nachlesen, wer was geändert hat',
};
