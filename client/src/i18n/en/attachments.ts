export const attachments = {
  photos: 'Photos',
  take: 'Take a photo',
  choose: 'From library',
  number: 'Photo {{number}}',
  remove: 'Remove photo {{number}}',
  preparing: 'Making the photo small …',
  private: 'Kept small, without the place where it was taken.',
  problem: {
    unreadable: 'That file is no picture this device can show. The others are kept.',
    too_many: 'Ten photos at most. The first ones are kept.',
  },
  open: 'Open photo {{number}}',
  load: 'Load photo',
  notYet: 'not sent yet by its device',
  notHere: 'not on this device',
  view: 'Photo',
  fetching: 'Fetching the photo …',
  readProblem: {
    unreachable:
      'The photo is not on this device, and the server cannot be reached. It comes by itself when it can.',
    not_uploaded:
      'The photo is still on the device that took it. It comes as soon as that device has network.',
  },
} as const;
