export const common = {
  back: 'Back',
  close: 'Close',
  pad: { delete: 'Delete the last digit', more: 'One more', less: 'One less' },
  search: 'Search',
  as_of: 'as of {{time}}',
  readFailed: 'This could not be read from the storage of this device.',
  readFailedSafe: 'What was recorded is kept. Load the page again.',
} as const;
