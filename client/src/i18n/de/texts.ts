import type { englishTexts } from '#i18n/en/texts.ts';
import type { TextsLike } from '#i18n/texts-like.ts';
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

/** The same in German, in the words of the trade. */
export const germanTexts: TextsLike<typeof englishTexts> = {
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
};
