import type { palette as english } from '#i18n/en/palette.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const palette: TextsLike<typeof english> = {
  title: 'Suche oder Befehl',
  hint: 'Code, Produkt, Event, Ansicht …',
  results: 'Gefunden',
  took: 'auf diesem Gerät gesucht, {{ms}} ms',
  nothing: 'Davon ist nichts auf diesem Gerät.',
  failed: 'Dieses Gerät konnte nicht suchen. Schließen und noch einmal versuchen.',
  group: {
    screens: 'Ansichten',
    places: 'Plätze',
    commands: 'Befehle',
  },
  keys: {
    move: 'bewegen',
    open: 'öffnen',
    commands: 'Befehle',
    codes: 'Codes',
    close: 'schließen',
  },
  theme: 'Aussehen: {{theme}}',
  language: 'Sprache: {{language}}',
  hold: 'Offline halten: nichts senden, bis es gewünscht ist',
  send: 'Zurückgehaltenes wieder senden',
  help: 'Alle Tasten',
  sheet: {
    title: 'Tasten',
    anywhere: 'Überall',
    here: 'Auf dieser Ansicht',
    go: 'Gehe zu, nach G',
    palette: 'Suche oder Befehl',
    move: 'Nächste und vorige Zeile',
    undoKeys: 'Strg Z',
    undo: 'Das Letzte auf diesem Bildschirm zurücknehmen',
    open: 'Zeile öffnen',
    back: 'Schließen, was offen ist; Feld verlassen',
    help: 'Diese Tasten',
    scanner: 'Ein Scanner braucht keine Taste: Er wird auf jeder Ansicht gehört.',
  },
};
