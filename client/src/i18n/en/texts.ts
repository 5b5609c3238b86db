import { common } from './common.ts';
import { editing } from './editing.ts';
import { labels } from './labels.ts';
import { lookup } from './lookup.ts';
import { palette } from './palette.ts';
import { planning } from './planning.ts';
import { scanning } from './scanning.ts';
import { server } from './server.ts';
import { session } from './session.ts';
import { sharedDevice } from './shared-device.ts';
import { shell } from './shell.ts';
import { today } from './today.ts';

/** The English texts that every start of the app brings along; the rest is late-texts.ts. */
export const englishTexts = {
  common,
  shell,
  server,
  session,
  sharedDevice,
  today,
  planning,
  editing,
  labels,
  lookup,
  palette,
  scanning,
} as const;
