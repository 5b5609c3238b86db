import type { session as english } from '#i18n/en/session.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const session: TextsLike<typeof english> = {
  starting: 'Speicher dieses Geräts wird geöffnet',
  signIn: {
    title: 'Scannen, packen und planen, mit und ohne Netz',
    text: 'Einmal mit Netz anmelden. Danach arbeitet dieses Gerät tagelang allein und sendet, sobald es geht.',
    button: 'Anmelden',
    offlineTitle: 'Kein Netz, und hier hat sich noch niemand angemeldet',
    offlineText:
      'Die erste Anmeldung braucht Netz. Dorthin gehen, wo Empfang ist, und noch einmal versuchen.',
    retry: 'Noch einmal versuchen',
  },
  storage: {
    no_opfs: {
      title: 'Dieser Browser bewahrt keine Dateien auf',
      text: 'EventKit braucht Speicher auf diesem Gerät, damit kein Scan verloren geht. Ein privates Fenster verweigert ihn. EventKit in einem normalen Fenster eines aktuellen Chrome, Edge, Firefox oder Safari öffnen.',
    },
    insecure_context: {
      title: 'Diese Adresse ist nicht sicher',
      text: 'Browser geben Speicher und Kamera nur Seiten mit TLS. Die Adresse öffnen, die mit https beginnt, oder localhost auf diesem Rechner.',
    },
    full: {
      title: 'Auf diesem Gerät ist kein Platz mehr',
      text: 'Nichts Erfasstes ist verloren. Fotos oder Apps löschen, bis einige hundert Megabyte frei sind, dann noch einmal versuchen.',
    },
    blocked: {
      title: 'EventKit ist in einem anderen Tab offen',
      text: 'Jener Tab hält den Speicher. Dort weitermachen, oder ihn schließen und hier noch einmal versuchen.',
    },
    broken: {
      title: 'Der Speicher dieses Geräts ließ sich nicht öffnen',
      text: 'Alle Tabs von EventKit schließen und neu öffnen. Was erfasst wurde, bleibt im Speicher. Kommt es wieder, dem Büro die Zeile unten schicken.',
    },
    retry: 'Noch einmal versuchen',
    detail: 'Was die Maschine sagte',
  },
  firstSync: {
    title: 'Dieses Gerät wird bereit für die Arbeit ohne Netz',
    text: 'Alle Codes, Produkte, Plätze und Events von {{company}} kommen einmal herunter. Danach nur noch, was sich ändert.',
    percent: '{{percent}} %',
    connecting: 'Server wird erreicht',
    offline: 'Kein Netz. Es geht von selbst weiter, sobald Empfang da ist.',
    held: 'Dieses Gerät wird offline gehalten.',
    unreachable: 'Der Server antwortet nicht. Es geht von selbst weiter.',
    signIn: 'Der Server will wissen, wer hier arbeitet.',
    goOnline: 'Online gehen',
    stockTitle: 'Stücke und ihre Plätze kommen noch herunter',
    stockText: 'Events und Packlisten sind da. Gescannt werden kann, sobald auch die Stücke da sind.',
  },
  wiped: {
    title: 'Dieses Gerät wurde geleert',
    text: 'Ein Admin hat alles von der Firma darauf löschen lassen. Hier ist nichts mehr übrig. Kommt das überraschend, bitte im Büro fragen.',
    untold: 'Der Server weiß noch nicht, dass es erledigt ist. Er erfährt es, sobald Empfang da ist.',
    again: 'Neu beginnen',
  },
  locked: {
    title: {
      ended: 'Gesperrt: zu lange ohne Netz',
      clock_set_back: 'Gesperrt: die Uhr dieses Geräts geht nach',
      no_lease: 'Gesperrt, bis der Server weiß, wer hier arbeitet',
    },
    text: {
      ended:
        'Dieses Gerät hat den Server so lange nicht erreicht, dass es nicht mehr zeigt, was es gespeichert hat. Dorthin gehen, wo Empfang ist, und sich anmelden, wenn danach gefragt wird: Dann ist alles wieder da.',
      clock_set_back:
        'Es zeigt eine frühere Zeit, als es schon gesehen hat; niemand weiß also, wie lange es ohne Netz war. Datum und Uhrzeit auf automatisch stellen, oder dorthin gehen, wo Empfang ist, und sich anmelden, wenn danach gefragt wird.',
      no_lease:
        'Ohne Netz darf dieses Gerät der angemeldeten Person nicht zeigen, was es gespeichert hat. Dorthin gehen, wo Empfang ist, und sich anmelden, wenn danach gefragt wird.',
    },
    waiting_one: 'Nichts ist verloren: {{shown}} Scan wartet hier und wird danach gesendet.',
    waiting_other: 'Nichts ist verloren: {{shown}} Scans warten hier und werden danach gesendet.',
    allSent: 'Nichts ist verloren: Alles, was hier erfasst wurde, ist gesendet.',
    mode: {
      offline: 'Zurzeit kein Netz.',
      held: 'Dieses Gerät wird offline gehalten.',
      unreachable: 'Der Server antwortet nicht. Sobald er es tut, geht es von selbst weiter.',
      sign_in: 'Es gibt Netz. Der Server will wissen, wer hier arbeitet.',
      revoked: 'Ein Admin hat dieses Gerät ausgesperrt. Bitte im Büro fragen.',
      asking: 'Der Server wird gefragt.',
    },
    soonTitle: 'Ohne Netz gesperrt ab {{time}}',
    soonText:
      'Dieses Gerät vorher dorthin bringen, wo Empfang ist; es geht dann von selbst weiter. Scans, die warten, bleiben in jedem Fall erhalten.',
  },
  more: {
    title: 'Mehr',
    signedInAs: '{{name}}, {{company}}',
    role: {
      admin: 'Admin',
      manager: 'Leitung',
      planner: 'Planung',
      warehouse: 'Lager',
      sales: 'Vertrieb',
      crew: 'Crew',
      read_only: 'Nur lesen',
      custom: 'Eigene Rolle',
    },
    remembered: 'Von der letzten Anmeldung gemerkt; der Server hat es noch nicht bestätigt.',
    look: 'Ansicht und Sprache',
    language: 'Sprache',
    theme: 'Licht',
    themes: {
      dark: 'Dunkel',
      light: 'Tageslicht',
      contrast: 'Kontrast',
      system: 'Wie das Gerät',
    },
    device: 'Dieses Gerät',
    deviceName: 'Name dieses Geräts',
    deviceNameHint: 'Was andere neben den Scans sehen, z. B. Handy Tor 2',
    deviceNameEmpty: 'Ein Gerät braucht einen Namen',
    deviceNameKept: 'Gemerkt',
    deviceRegistered: 'beim Server bekannt',
    deviceUnregistered: 'wird dem Server bei nächster Gelegenheit gemeldet',
    held: 'Offline halten',
    heldHint: 'Hält dieses Gerät vom Netz fern, bis es wieder freigegeben wird. Scans warten hier.',
    heldOn: 'Offline gehalten',
    heldOff: 'Online, sobald Netz da ist',
    storage: 'Speicher',
    storageKept: 'Der Browser behält ihn, bis er gelöscht wird',
    storageNotKept:
      'Der Browser darf ihn löschen, wenn der Platz knapp wird. Die App zu installieren verhindert das.',
    storageLow: 'Fast voll. Bald Platz schaffen, sonst können neue Scans nicht bleiben.',
    storageUsed: '{{used}} MB belegt, {{free}} MB frei',
    clock: 'Uhr',
    clockChecked: 'mit dem Server verglichen',
    clockUnchecked: 'noch nicht verglichen: Zeiten der Scans können abweichen',
    install: 'App installieren',
    installHint: 'Öffnet wie eine App, startet ohne Netz, behält ihren Speicher',
    installByHand: 'Im Menü des Browsers: „Zum Startbildschirm“.',
    installed: 'Auf diesem Gerät installiert',
    version: 'Version',
    pages: 'Bereiche der App',
    devicePages: 'Geräte',
    signOut: 'Abmelden',
    signOutHint:
      'Was nicht gesendet ist, bleibt auf diesem Gerät und geht nach der nächsten Anmeldung hinauf.',
    unsentTitle_one: '{{shown}} Scan ist noch nicht gesendet',
    unsentTitle_other: '{{shown}} Scans sind noch nicht gesendet',
    unsentText:
      'Sie bleiben auf diesem Gerät und gehen nach der nächsten Anmeldung hier hinauf. Halten, um trotzdem abzumelden.',
    unsentLook: 'Ansehen oder als Datei sichern',
    unsentHold: 'Halten zum Abmelden',
  },
};
