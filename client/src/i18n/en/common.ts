export const common = {
  back: 'Back',
  close: 'Close',
  search: 'Search',
  loading: 'Fetching from this device',
  as_of: 'as of {{time}}',
  readFailed: 'This could not be read from the storage of this device.',
  readFailedSafe: 'What was recorded is kept. Load the page again.',
  reload: 'Load again',
} as const;
