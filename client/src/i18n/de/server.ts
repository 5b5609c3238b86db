import type { server as english } from '#i18n/en/server.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const server: TextsLike<typeof english> = {
  fetching: 'Der Server wird gefragt',
  offlineTitle: 'Das weiß nur der Server',
  offlineOld:
    'Was darunter steht, ist von der Zeit, als noch Netz da war. Ohne Netz lässt es sich nicht ändern.',
  failedTitle: 'Der Server hat nicht geantwortet',
  failedText: 'Es wurde nichts geändert. Gleich noch einmal nachsehen.',
  again: 'Neu nachsehen',
  more: 'Mehr zeigen',
  forAdmins: 'Für Admins',
};
