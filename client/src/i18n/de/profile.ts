import type { profile as english } from '#i18n/en/profile.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const profile: TextsLike<typeof english> = {
  title: 'Eigenes Profil',
  explain: 'Name, Sprache und wo die Anmeldung gilt',
  offlineText: 'Das Profil liegt auf dem Server. Es erscheint hier, sobald Netz da ist.',
  name: 'Name',
  nameWrong: 'Gebraucht wird ein Name in einer Zeile.',
  language: 'Sprache',
  languageHint: 'Gilt für die App auf diesem Gerät und für E-Mails.',
  save: 'Speichern',
  saved: 'Gespeichert',
  failed: 'Der Server hat es nicht getan. Es wurde nichts geändert. Gleich noch einmal versuchen.',
  sessions: 'Angemeldet',
  since: 'angemeldet {{time}}',
  thisOne: 'hier',
  browserOn: '{{browser}} auf {{system}}',
  unknownBrowser: 'Ein Browser',
  end: 'Zum Abmelden halten',
  endHint: 'Meldet diesen Browser ab. Was er noch nicht gesendet hat, bleibt auf ihm.',
  endFailed: 'Der Server hat es nicht getan. Gleich noch einmal versuchen.',
  devices: 'Eigene Geräte',
  devicesHint: 'Die selbst benannten. Ein verlorenes kann ein Admin aussperren.',
  lastHeard: 'zuletzt gehört {{time}}',
  neverHeard: 'hat noch nie etwas gesendet',
  revoked: 'ausgesperrt',
};
