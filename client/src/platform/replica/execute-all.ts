import type { ReplicaTransaction } from './replica.ts';

/**
 * Runs statements in their order, and sends each without waiting for the answer to the one before: the two hundred that make
 * a replica waited for as many messages between the page and the database's worker. Where one fails, those behind it run all
 * the same, and on a full disk, which ends the transaction, each for itself. So only for statements that may be run again,
 * followed by the note that they were.
 */
export async function executeAll(tx: ReplicaTransaction, statements: readonly string[]): Promise<void> {
  await Promise.all(statements.map((statement) => tx.execute(statement)));
}
