/** Where the rail and the bottom bar lead. */
export type NavPath =
  | '/'
  | '/conflicts'
  | '/outbox'
  | '/events'
  | '/find'
  | '/scan'
  | '/check-in'
  | '/pack'
  | '/pieces'
  | '/trucks'
  | '/board'
  | '/stocktakes'
  | '/more';
