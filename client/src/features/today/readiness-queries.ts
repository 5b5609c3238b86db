export type Readiness = { readonly events: number; readonly codes: number };

/** How much of the company can be worked on without signal. */
export const READINESS =
  'SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM assets) + (SELECT count(*) FROM labels) AS codes';
