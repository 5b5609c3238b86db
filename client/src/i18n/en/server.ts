/** What screens say that only the server can fill. */
export const server = {
  fetching: 'Asking the server',
  offlineTitle: 'This needs the server',
  offlineOld: 'What is below is from before the signal went, and cannot be changed without it.',
  failedTitle: 'The server did not answer',
  failedText: 'Nothing was changed. Look again in a moment.',
  again: 'Look again',
  more: 'Show more',
  forAdmins: 'For admins',
};
