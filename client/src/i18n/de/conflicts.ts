import type { conflicts as english } from '#i18n/en/conflicts.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const conflicts: TextsLike<typeof english> = {
  title: 'Zu klären',
  open_one: '{{shown}} offen',
  open_other: '{{shown}} offen',
  settled: 'Geklärt',
  settledNote: 'niemand muss etwas tun',
  headline: {
    double_check_out: '{{code}} ist für zwei Events draußen',
    two_cases: '{{code}} steckt in zwei Cases',
    blocked_went_out: '{{code}} ging trotz Sperre hinaus',
    case_in_itself: '{{code}} läge in sich selbst',
    unknown_code: 'Den Code {{code}} kennt niemand',
    bulk_short: 'Weniger als nichts von {{code}}',
  },
  short: {
    double_check_out: 'Draußen für {{first}} und für {{second}}',
    two_cases: 'Im Case {{first}} und im Case {{second}}',
    blocked_went_out: 'Draußen für {{second}}, obwohl gesperrt',
    case_in_itself: 'Gepackt in {{second}}, das darin liegt',
    unknown_code: 'Gescannt, und kein Etikett trägt ihn',
    bulk_short: 'Mehr wurde genommen, als da war',
  },
  explain: {
    double_check_out:
      'Zwei Leute haben dasselbe Stück ausgegeben. Das Neueste gilt, bis es jemand klärt. Beide Scans bleiben.',
    two_cases:
      'Zwei Leute haben dasselbe Stück gepackt. Das Neueste gilt, bis es jemand klärt. Beide Scans bleiben.',
    blocked_went_out:
      'Das Stück war in Quarantäne, verloren oder ausgemustert, als es ausgegeben wurde. Der Scan gilt: Es ist draußen.',
    case_in_itself:
      'Zwei Scans zusammen legten ein Case in sich selbst. Der spätere hat seine Schachtelung verloren; das Case liegt, wo es gescannt wurde.',
    unknown_code:
      'Das Etikett wurde gelesen, und nichts auf dem Server trägt diesen Code. Die Sichtung bleibt, bis jemand sagt, was es ist.',
    bulk_short:
      'Hier wurde mehr weggenommen, als die letzte Zählung und die Zugänge danach hergeben. Alle Scans bleiben; zählt, was dort liegt, dann klärt es sich.',
  },
  first: 'Zuerst',
  second: 'Dann',
  standsNow: 'gilt jetzt',
  who: 'Wer',
  device: 'Gerät',
  saw: 'Es sah',
  arrived: 'Bei uns',
  notSent: 'noch nicht gesendet',
  lateBy: '{{time}}, {{late}} später',
  minutes_one: '{{shown}} min',
  minutes_other: '{{shown}} min',
  hours_one: '{{shown}} h',
  hours_other: '{{shown}} h',
  days_one: '{{shown}} Tag',
  days_other: '{{shown}} Tage',
  reasonGiven: 'Grund',
  noteGiven: 'Notiz',
  code: 'Code',
  event: 'Event',
  act: {
    check_out: 'Ausgegeben für {{place}}',
    check_in: 'Zurückgenommen nach {{place}}',
    move: 'Umgelagert nach {{place}}',
    pack: 'Gepackt in {{place}}',
    unpack: 'Ausgepackt, jetzt {{place}}',
    quarantine: 'Gesperrt',
    release: 'Freigegeben',
    retire: 'Ausgemustert',
    resolve: 'Geklärt: es ist bei {{place}}',
    undo: 'Einen früheren Scan zurückgenommen',
  },
  place: {
    location: '{{name}}',
    case: 'Case {{name}}',
    event: '{{name}}',
    unknown: 'ein Platz, der hier nicht bekannt ist',
  },
  sawNothing: 'kannte das Stück nicht',
  sawBlocked: '{{place}}, {{status}}',
  status: {
    in_service: 'im Einsatz',
    quarantined: 'in Quarantäne',
    lost: 'verloren',
    retired: 'ausgemustert',
  },
  todo: 'Was stimmt?',
  scanAgain: 'Noch einmal scannen, wo es liegt: Dann klärt es sich von selbst.',
  scanAgainHint:
    'Wer das Stück in der Hand hat, scannt es: Ausgabe für sein Event, Rücknahme, oder ins Case. Dieser Scan ist dann das Neueste, und auf allen Geräten steht es unter Geklärt.',
  assignLater: 'Das Etikett ins Büro bringen. Bekommt ein Stück diesen Code, klärt es sich von selbst.',
  resolve: {
    say: 'Sagen, was stimmt, von hier oder vor Ort. Alle sehen, wer es geklärt hat.',
    notRecorded:
      'Nicht erfasst: Der Speicher dieses Geräts hat versagt oder ist voll. Noch einmal versuchen.',
    stands: {
      double_check_out: 'Ist draußen für {{place}}',
      two_cases: 'Steckt in {{place}}',
      blocked_went_out: 'Darf draußen bleiben',
      case_in_itself: 'Liegt, wo es war',
    },
    other: {
      double_check_out: 'War immer bei {{place}}',
      two_cases: 'Steckt noch in {{place}}',
    },
  },
  checkIn: 'Zurücknehmen',
  history: 'Ganzer Verlauf',
  settledBy: 'Geklärt {{time}} von {{who}}',
  settledItself: 'Geklärt',
  emptyTitle: 'Nichts zu klären',
  emptyText: 'Können zwei Scans nicht beide wahr sein, stehen sie hier nebeneinander, und welcher gilt.',
  choose: 'Links eines wählen',
  goneTitle: 'Das steht nicht mehr hier',
  goneText: 'Ein später Scan hat es aufgelöst. Der Verlauf des Stücks zeigt alles.',
};
