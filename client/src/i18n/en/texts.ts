import { apiKeys } from './api-keys.ts';
import { assets } from './assets.ts';
import { attachments } from './attachments.ts';
import { changes } from './changes.ts';
import { checkin } from './checkin.ts';
import { common } from './common.ts';
import { conflicts } from './conflicts.ts';
import { editing } from './editing.ts';
import { files } from './files.ts';
import { health } from './health.ts';
import { labels } from './labels.ts';
import { lookup } from './lookup.ts';
import { outbox } from './outbox.ts';
import { packing } from './packing.ts';
import { palette } from './palette.ts';
import { people } from './people.ts';
import { permissions } from './permissions.ts';
import { pieces } from './pieces.ts';
import { planning } from './planning.ts';
import { profile } from './profile.ts';
import { ready } from './ready.ts';
import { scanning } from './scanning.ts';
import { server } from './server.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { sharedDevice } from './shared-device.ts';
import { shell } from './shell.ts';
import { stocktake } from './stocktake.ts';
import { today } from './today.ts';
import { trash } from './trash.ts';
import { trucks } from './trucks.ts';

/** Every text of the app in English, by feature: the source of the keys. */
export const englishTexts = {
  common,
  shell,
  server,
  session,
  settings,
  sharedDevice,
  today,
  stocktake,
  planning,
  editing,
  pieces,
  labels,
  lookup,
  outbox,
  health,
  apiKeys,
  permissions,
  people,
  profile,
  palette,
  ready,
  conflicts,
  scanning,
  checkin,
  changes,
  packing,
  assets,
  attachments,
  files,
  trash,
  trucks,
} as const;
