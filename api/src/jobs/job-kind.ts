import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';

/** Every job is one company's. */
export type JobPayload = { readonly tenantId: string };

/** What there is to know of one kind of job, in one place. */
export type JobKind<Payload extends JobPayload = JobPayload> = {
  /** Null for what is no such payload: a queue gives back what an older version, or somebody else, put there. */
  readonly readPayload: (given: unknown) => Payload | null;
  /** How often it is tried in all before it is given up. */
  readonly attempts: number;
  /**
   * Does it, in one transaction that sees and writes rows of the payload's company only and commits when this ends. May
   * run more than once. Answers how many things it did something to.
   */
  work(tx: TenantTransaction, payload: Payload): Promise<number>;
  /** Null for what is only done when somebody adds it. */
  readonly rounds: JobRounds | null;
};

/** Work that comes round by itself: at each moment one job for each company that has something to do. */
export type JobRounds = {
  /** Minute, hour, day, month, weekday; in UTC. */
  readonly cron: string;
  /** The ids of companies, asked for as eventkit_app outside of any company. */
  readonly findCompanies: (pool: pg.Pool) => Promise<readonly string[]>;
};

/** Kinds by their names. Names lie in queues: one that is gone must have run empty. */
export type JobKinds = Readonly<Record<string, JobKind>>;

/** What jobs of this kind are about. */
export type PayloadOf<Kind> = Kind extends JobKind<infer Payload> ? Payload : never;
