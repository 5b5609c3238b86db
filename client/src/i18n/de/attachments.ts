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
  open: 'Foto {{number}} öffnen',
  load: 'Foto laden',
  notYet: 'vom Gerät noch nicht gesendet',
  notHere: 'nicht auf diesem Gerät',
  view: 'Foto',
  fetching: 'Foto wird geholt …',
  readProblem: {
    unreachable:
      'Das Foto liegt nicht auf diesem Gerät, und der Server ist nicht erreichbar. Es kommt von selbst, sobald er es ist.',
    not_uploaded:
      'Das Foto liegt noch auf dem Gerät, das es aufgenommen hat. Es kommt, sobald dieses Gerät Netz hat.',
  },
};
