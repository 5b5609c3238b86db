export type ReplicaCounts = { readonly codes: number; readonly assets: number; readonly events: number };

/** How much is on this device. */
export const REPLICA_COUNTS = `
SELECT (SELECT count(*) FROM labels) + (SELECT count(*) FROM assets) AS codes, (SELECT count(*) FROM assets) AS assets,
       (SELECT count(*) FROM events) AS events`;
