import type { Mutant } from './mutant.ts';

const UPLOAD = 'sync-server/src/upload';

/** Bugs in how operations are taken in. */
export const serverMutants: readonly Mutant[] = [
  {
    name: 'no-dedupe',
    breaks: 'a repeat is judged again instead of answered (UP1, I2)',
    file: `${UPLOAD}/sort-out.ts`,
    find: 'if (before !== undefined) {',
    replace: 'if (before !== undefined && id === null) {',
  },
  {
    name: 'repeat-answered-otherwise',
    breaks: 'a repeat is answered with another verdict than the first time (UP1)',
    file: `${UPLOAD}/store-batch.ts`,
    find: "one?.kind === 'repeat' ? one.of :",
    replace: "one?.kind === 'repeat' ? { verdict: 'applied' as const, reason: null } :",
  },
  {
    name: 'ack-before-commit',
    breaks: 'a batch is answered before it is committed (UP2, I1)',
    file: `${UPLOAD}/apply-batch.ts`,
    find: 'return await store.inTransaction(caller, batch.deviceId, (tx) => storeBatch(tx, batch));',
    replace: `return await new Promise((resolve, reject) => {
        store
          .inTransaction(caller, batch.deviceId, async (tx) => {
            const done = await storeBatch(tx, batch);
            resolve(done);
            return done;
          })
          .catch(reject);
      });`,
  },
  {
    name: 'silent-drop',
    breaks: 'one operation of a batch is answered and not stored (I1)',
    file: `${UPLOAD}/store-batch.ts`,
    find: '...tx.writeDecisions(decided),',
    replace: '...tx.writeDecisions(decided.filter((_, index) => index !== 3)),',
  },
  {
    name: 'reverse-order',
    breaks: 'operations of one device are decided in the wrong order (UP3)',
    file: `${UPLOAD}/store-batch.ts`,
    find: 'ofEpoch.toSorted((a, b) => a.operation.sequence - b.operation.sequence)',
    replace: 'ofEpoch.toSorted((a, b) => b.operation.sequence - a.operation.sequence)',
  },
  {
    name: 'future-not-clamped',
    breaks: 'something counts as of an instant that has not been yet (UP4)',
    file: `${UPLOAD}/decide-batch.ts`,
    find: 'return recordedAt < receivedAt ? recordedAt : receivedAt;',
    replace: 'return receivedAt === null ? receivedAt : recordedAt;',
  },
  {
    name: 'receive-time-order',
    breaks: 'things count as of when they were told (UP4, I8)',
    file: `${UPLOAD}/decide-batch.ts`,
    find: 'return recordedAt < receivedAt ? recordedAt : receivedAt;',
    replace: 'return recordedAt === null ? recordedAt : receivedAt;',
  },
  {
    name: 'stale-rows',
    breaks: 'a batch is decided on rows as they were before it (UP17)',
    file: `${UPLOAD}/decide-batch.ts`,
    find: 'applyEffects(workingSet, decision.effects);',
    replace: '',
  },
  {
    name: 'permission-unmarked',
    breaks: 'nothing says that somebody scanned without the right to (UP15)',
    file: `${UPLOAD}/decide-batch.ts`,
    find: 'lacking.length === 0 ? decision',
    replace: 'lacking.length >= 0 ? decision',
  },
  {
    name: 'poison-blocks-by-rule',
    breaks: 'an operation that the database refuses holds up all after it (UP8, I12)',
    file: `${UPLOAD}/apply-batch.ts`,
    find: "if (kind === 'operation') return isolate(",
    replace:
      "if (kind === 'operation') throw new Unavailable(error);\n      if (kind === null) return isolate(",
  },
  {
    name: 'poison-blocks-by-bytes',
    breaks: 'bytes that nobody can read fail their whole batch (UP7, I12)',
    file: `${UPLOAD}/read-pushed.ts`,
    find: 'if (!decoded.ok) {',
    replace: 'if (!decoded.ok) throw new Error(decoded.error.problem);\n  if (!decoded.ok) {',
  },
  {
    name: 'poison-thrown-away',
    breaks: 'what cannot be read is answered as kept and thrown away (UP7, I1)',
    file: `${UPLOAD}/store-batch.ts`,
    find: 'tx.keepUnread(kept, batch.receivedAt),',
    replace: 'tx.keepUnread(kept.slice(0, 0), batch.receivedAt),',
  },
  {
    name: 'wrong-culprit',
    breaks: 'a whole batch is set aside for one operation in it (UP8)',
    file: `${UPLOAD}/apply-batch.ts`,
    find: 'if (culpritId !== null || operations.length === 1) {\n    const isCulprit = ({ id }: ReadOperation) => id === (culpritId ?? only?.id);',
    replace:
      'if (only !== undefined) {\n    const isCulprit = ({ id }: ReadOperation) => culpritId === null || id === culpritId;',
  },
  {
    name: 'deadlock-blamed',
    breaks: 'operations are set aside because another batch was in the way (UP9)',
    file: `${UPLOAD}/classify-failure.ts`,
    find: "error.code === DEADLOCK_DETECTED) return 'again';",
    replace: "error.code === DEADLOCK_DETECTED) return 'operation';",
  },
  {
    name: 'outage-blamed',
    breaks: 'operations are set aside because the database was away (UP9)',
    file: `${UPLOAD}/classify-failure.ts`,
    find: "? 'operation' : 'unavailable';",
    replace: "? 'operation' : 'operation';",
  },
  {
    name: 'gap-unreported',
    breaks: 'numbers that never came are not reported (UP12)',
    file: `${UPLOAD}/record-sequences.ts`,
    find: 'if (sequence > lastSequence + 1) gaps =',
    replace: 'if (sequence < lastSequence) gaps =',
  },
  {
    name: 'gap-stays',
    breaks: 'numbers that came late are still reported as missing (UP12)',
    file: `${UPLOAD}/record-sequences.ts`,
    find: 'gaps = gaps.flatMap((gap) => withoutSequence(gap, sequence));',
    replace: 'gaps = [...gaps];',
  },
  {
    name: 'audit-merged',
    breaks: 'two changes of one row in one batch are written as one (UP14, I5)',
    file: `${UPLOAD}/plan-waves.ts`,
    find: 'changeCountByRow.set(rowId, index + 1);',
    replace: 'changeCountByRow.set(rowId, index);',
  },
  {
    name: 'audit-wrong-person',
    breaks: 'the audit trail says that the first operation of a batch did everything (UP14, I5)',
    file: `${UPLOAD}/plan-waves.ts`,
    find: 'for (const row of effects.assets) nextWaveOf(row.id).assets.push({ row, cause });',
    replace:
      'for (const row of effects.assets) nextWaveOf(row.id).assets.push({ row, cause: decided[0]?.cause ?? cause });',
  },
  {
    name: 'time-of-yesterday',
    breaks: 'the server tells a time that is five minutes old (I8)',
    file: `${UPLOAD}/sync-service.ts`,
    find: 'BigInt(Math.round(clock.wallMs() * 1000))',
    replace: 'BigInt(Math.floor(clock.wallMs() / 300_000) * 300_000_000)',
  },
];
