import type { attachments as english } from '#i18n/en/attachments.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const attachments: TextsLike<typeof english> = {
  photos: 'Fotos',
  take: 'Foto aufnehmen',
  choose: 'Aus der Galerie',
  number: 'Foto {{number}}',
  remove: 'Foto {{number}} entfernen',
  preparing: 'Foto wird verkleinert …',
  private: 'Wird verkleinert, ohne den Ort der Aufnahme.',
  problem: {
    unreadable: 'Diese Datei ist kein Bild, das dieses Gerät zeigen kann. Die anderen bleiben.',
    too_many: 'Höchstens zehn Fotos. Die ersten bleiben.',
  },
  sign: 'Unterschreiben',
  signHint: 'wer fährt, auf Wunsch',
  signToo: 'Zweite Unterschrift',
  signTooHint: 'wer es auch gesehen hat',
  signature: 'Unterschrift',
  secondSignature: 'Zweite Unterschrift',
  pad: 'Feld zum Unterschreiben',
  padHint: 'Hier unterschreiben',
  name: 'Name',
  nameHint: 'Der Name kommt unter die Unterschrift. Ohne Zeichnung gilt der Name allein.',
  clear: 'Löschen',
  open: { photo: 'Foto {{number}} öffnen', signature: 'Unterschrift {{number}} öffnen' },
  load: { photo: 'Foto laden', signature: 'Unterschrift laden' },
  notYet: 'vom Gerät noch nicht gesendet',
  notHere: 'nicht auf diesem Gerät',
  view: { photo: 'Foto', signature: 'Unterschrift' },
  fetching: 'Bild wird geholt …',
  readProblem: {
    unreachable:
      'Das Bild liegt nicht auf diesem Gerät, und der Server ist nicht erreichbar. Es kommt von selbst, sobald er es ist.',
    not_uploaded:
      'Das Bild liegt noch auf dem Gerät, das es aufgenommen hat. Es kommt, sobald dieses Gerät Netz hat.',
  },
};
