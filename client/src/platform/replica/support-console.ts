import type { Replica } from './replica.ts';

/**
 * Lets support (and tests) look into the device from the browser's console: `await eventkit.query('SELECT …')`.
 * Reading only. It opens nothing that a script of this origin could not read anyway.
 */
export function offerSupportConsole(scope: object, replica: Replica): void {
  const query = (sql: string, parameters: readonly (string | number | null)[] = []) =>
    replica.readTransaction((transaction) => transaction.getAll(sql, [...parameters]));
  Object.assign(scope, { eventkit: { query } });
}
