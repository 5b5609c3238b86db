import type { Pool } from 'pg';
import { type Lsn, parseLsn } from '#replication/lsn.ts';

type Waiting = { number: bigint; lsn: Lsn };

/**
 * Tells clients when what they uploaded is in what they download: a number stands for a position of the log, and is
 * reported once the log was followed to there. Kept by client, as a user can have several devices and a device users.
 */
export class WriteCheckpoints {
  readonly #pool: Pool;
  #position: Lsn = 0n;
  readonly #waiting = new Map<string, Waiting>();
  readonly #reached = new Map<string, string>();
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The number after the last one of this client; it stands for everything committed until now. */
  async next(clientId: string): Promise<string> {
    return this.#store(
      clientId,
      // A client that once counted to the end of 64 bits stays there.
      `least(coalesce((SELECT number FROM sync.write_checkpoints WHERE client_id = $1), 0), 9223372036854775806) + 1`,
      [],
    );
  }

  /** As the client counts itself: the greater of the stored and the given number, which is returned. */
  async request(clientId: string, number: bigint): Promise<string> {
    return this.#store(clientId, '$2::bigint', [number.toString()]);
  }

  /** The newest number of a client that is reached; null when it never asked. */
  reached(clientId: string | null): string | null {
    return clientId === null ? null : (this.#reached.get(clientId) ?? null);
  }

  /** Reads what the client asked for before this process began, and calls `onReached` whenever there is news. */
  async watch(clientId: string, onReached: () => void): Promise<() => void> {
    const { rows } = await this.#pool.query<{ number: string; lsn: string }>(
      'SELECT number::text, lsn::text FROM sync.write_checkpoints WHERE client_id = $1',
      [clientId],
    );
    const [row] = rows;
    const listeners = this.#listeners.get(clientId) ?? new Set();
    listeners.add(onReached);
    this.#listeners.set(clientId, listeners);
    if (row !== undefined) this.#await(clientId, BigInt(row.number), parseLsn(row.lsn));
    return () => {
      listeners.delete(onReached);
      if (listeners.size > 0 || this.#listeners.get(clientId) !== listeners) return;
      this.#listeners.delete(clientId);
      this.#reached.delete(clientId);
      this.#waiting.delete(clientId);
    };
  }

  /** The log was followed to here. */
  advance(position: Lsn): void {
    if (position > this.#position) this.#position = position;
    for (const [clientId, { number, lsn }] of this.#waiting) {
      if (lsn > this.#position) continue;
      this.#waiting.delete(clientId);
      this.#reached.set(clientId, number.toString());
      for (const listener of this.#listeners.get(clientId) ?? []) listener();
    }
  }

  /** Positions told before are of another cluster: what was asked for there is reached with the first of this one. */
  forgetPositions(): void {
    this.#position = 0n;
    for (const waiting of this.#waiting.values()) waiting.lsn = 0n;
  }

  async #store(clientId: string, number: string, values: readonly string[]): Promise<string> {
    // The position is read before the row is stored and the log moved on after, or an idle database would never tell.
    const { rows } = await this.#pool.query<{ number: string; lsn: string }>(
      `INSERT INTO sync.write_checkpoints AS w (client_id, number, lsn)
       VALUES ($1, ${number}, pg_current_wal_insert_lsn())
       ON CONFLICT (client_id) DO UPDATE SET
         number = greatest(w.number, excluded.number),
         lsn = CASE WHEN excluded.number > w.number THEN excluded.lsn ELSE w.lsn END,
         requested_at = now()
       RETURNING number::text, lsn::text`,
      [clientId, ...values],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('a write checkpoint was not stored');
    this.#await(clientId, BigInt(row.number), parseLsn(row.lsn));
    await this.#pool.query(`SELECT pg_logical_emit_message(true, 'powersync', 'ping')`);
    return row.number;
  }

  #await(clientId: string, number: bigint, lsn: Lsn): void {
    if (!this.#listeners.has(clientId)) return;
    this.#waiting.set(clientId, { number, lsn });
    this.advance(this.#position);
  }
}
