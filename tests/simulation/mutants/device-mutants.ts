import type { Mutant } from './mutant.ts';

const PLATFORM = 'client/src/platform';

/** Bugs on the device: recording, guessing, sending, telling the time. */
export const deviceMutants: readonly Mutant[] = [
  {
    name: 'epoch-kept',
    breaks: 'a storage that was lost counts on under its old name (I1)',
    file: `${PLATFORM}/replica/device-migrations.ts`,
    find: 'epoch: newId(), last_sequence',
    replace: 'epoch: deviceId, last_sequence',
  },
  {
    name: 'sequence-from-queue',
    breaks: 'numbers are given again when the queue was empty (I2)',
    file: `${PLATFORM}/operations/record-operation.ts`,
    find: 'sequence: Number(state.last_sequence) + 1,',
    replace:
      "sequence: (await tx.get<{ next: number }>('SELECT coalesce(max(sequence), 0) + 1 AS next FROM outbox')).next,",
  },
  {
    name: 'sequence-left-out',
    breaks: 'a number is left out with each operation (I2)',
    file: `${PLATFORM}/operations/record-operation.ts`,
    find: 'last_sequence: String(operation.sequence),',
    replace: 'last_sequence: String(operation.sequence + 1),',
  },
  {
    name: 'queued-after-the-beep',
    breaks: 'an operation is confirmed before it is in the queue (I1)',
    file: `${PLATFORM}/operations/record-operation.ts`,
    find: 'queue(tx, operation, prove);\n      await',
    replace:
      'Promise.resolve(void replica.writeTransaction((later) => queue(later, operation, prove)));\n      await',
  },
  {
    name: 'wall-clock-order',
    breaks: 'operations are stamped by whatever the device’s clock says (I8)',
    file: `${PLATFORM}/operations/record-operation.ts`,
    find: 'nextInstant(clock.nowMs(), [state',
    replace: 'nextInstant(clock.wallMs(), [state',
  },
  {
    name: 'time-goes-back',
    breaks: 'after its clock is put right, a device stamps before what it did already (I8)',
    file: `${PLATFORM}/operations/record-operation.ts`,
    find: '[state.last_issued_at as Instant | null]',
    replace: '[]',
  },
  {
    name: 'seen-ignored',
    breaks: 'a device stamps before facts that it had seen (I8)',
    file: `${PLATFORM}/operations/record-operation.ts`,
    find: 'return isAfter ? operation :',
    replace: 'return isAfter || seen.length > 0 ? operation :',
  },
  {
    name: 'clock-follows-the-wall',
    breaks: 'time jumps when somebody sets the clock (I8)',
    file: `${PLATFORM}/sync/corrected-clock.ts`,
    find: 'const nowMs = () => anchor.nowMs + (clock.monotonicMs() - anchor.monotonicMs);',
    replace: 'const nowMs = () => anchor.nowMs + (clock.wallMs() - anchor.wallMs);',
  },
  {
    name: 'guess-without-facts',
    breaks: 'the device does not show what was just done (I11)',
    file: `${PLATFORM}/operations/write-overlay.ts`,
    find: "await insertRows(tx, 'movements', operationId, [...effects.movements, ...retargeted].map(rowOfMovement));",
    replace: '',
  },
  {
    name: 'overlay-not-cleared',
    breaks: 'the guess stays on top of the server’s row (I3)',
    file: `${PLATFORM}/replica/local-ddl.ts`,
    find: 'overlaidTableNames.map((name) =>',
    replace: "overlaidTableNames.filter((name) => name !== 'assets').map((name) =>",
  },
  {
    name: 'overlay-cleared-too-early',
    breaks: 'the guess goes with the answer, before the rows are here (I11)',
    file: `${PLATFORM}/outbox/outbox-store.ts`,
    find: '  await replica.execute(\n    `UPDATE outbox SET\n',
    replace:
      "  await replica.execute(`DELETE FROM movements_overlay WHERE pending_operation_id IN (SELECT value ->> 'id' FROM json_each(?))`, [JSON.stringify(answers)]);\n  await replica.execute(\n    `UPDATE outbox SET\n",
  },
  {
    name: 'queue-never-emptied',
    breaks: 'operations stay in the queue when their verdict is here (I7)',
    file: `${PLATFORM}/replica/local-ddl.ts`,
    find: 'DELETE FROM outbox WHERE operation_id = NEW.id;',
    replace: '',
  },
  {
    name: 'refused-thrown-away',
    breaks: 'what the server would not take is deleted on the device (I1)',
    file: `${PLATFORM}/sync/uploader.ts`,
    find: '      skip(head.id);\n',
    replace:
      "      skip(head.id);\n      await replica.execute('DELETE FROM outbox WHERE operation_id = ?', [head.id]);\n",
  },
  {
    name: 'refused-never-again',
    breaks: 'what the server would not take is never sent again (I7)',
    file: `${PLATFORM}/sync/uploader.ts`,
    find: 'const REPEAT_KEPT_AFTER_MS = 3_600_000;',
    replace: 'const REPEAT_KEPT_AFTER_MS = 3_600_000_000;',
  },
  {
    name: 'stumbling-block',
    breaks: 'one operation on which the server stumbles holds up all after it (I12)',
    file: `${PLATFORM}/sync/uploader.ts`,
    find: '++stumbleCount >= STUMBLES_BEFORE_SKIP',
    replace: '++stumbleCount >= 1e9',
  },
  {
    name: 'skipped-too-shortly',
    breaks: 'two operations on which the server stumbles hold up all after them (I12)',
    file: `${PLATFORM}/sync/uploader.ts`,
    find: 'Math.min(LONGEST_SKIP_MS, 2 * before.forMs)',
    replace: 'Math.min(SKIP_MS / 4, before.forMs)',
  },
  {
    name: 'gives-up',
    breaks: 'after a failure the device sends nothing any more (I7)',
    file: `${PLATFORM}/sync/uploader.ts`,
    find: "if (outcome.ok && outcome.value === 'more_due') continue;",
    replace:
      "if (outcome.ok && outcome.value === 'more_due') continue;\n        if (failureCount > 3) break;",
  },
  {
    name: 'newest-first',
    breaks: 'the newest operation is sent first (OP10)',
    file: `${PLATFORM}/outbox/outbox-store.ts`,
    find: 'ORDER BY sequence LIMIT ?) AS due',
    replace: 'ORDER BY sequence DESC LIMIT min(3, ?)) AS due',
  },
  {
    name: 'never-decided-again',
    breaks: 'guesses are not looked at again when the rows below them change (guess)',
    file: `${PLATFORM}/operations/redecide-pending.ts`,
    find: 'if (kinds === null) return 0;',
    replace: "await replica.execute('DELETE FROM dirty_subjects');\n    if (replica !== null) return 0;",
  },
  {
    name: 'decided-again-once',
    breaks: 'of several guesses on one asset, one is decided again alone (guess)',
    file: `${PLATFORM}/operations/redecide-pending.ts`,
    find: 'return pending.map(({ operation }) => operation).filter((operation) => touched.has(operation));',
    replace:
      'return pending.map(({ operation }) => operation).filter((operation) => touched.has(operation)).slice(0, 1);',
  },
  {
    name: 'change-below-unnoticed',
    breaks: 'a guess stays as it was when somebody else’s fact comes down below it (guess)',
    file: `${PLATFORM}/replica/local-ddl.ts`,
    find: '{subjectOf(row)});',
    replace: "{subjectOf(row)} || ' unnoticed');",
  },
  {
    name: 'left-asset-unnoticed',
    breaks: 'a guess that took a reading from an asset stays when a fact about that asset comes down (guess)',
    file: `${PLATFORM}/replica/touched-subjects.ts`,
    find: "{ overlay: 'assets_overlay', column: 'id' },",
    replace: '',
  },
  {
    name: 'case-below-unnoticed',
    breaks:
      'a guess about a case, or that packs into one, stays when a fact about another case comes down (guess)',
    file: `${PLATFORM}/replica/local-ddl.ts`,
    find: 'WHEN EXISTS (SELECT 1 FROM movements_overlay)',
    replace: 'WHEN 0 = 1',
  },
  {
    name: 'watchdog-asleep',
    breaks: 'a stream that is cut without a word is never opened again (I7)',
    file: `${PLATFORM}/sync/keep-watch.ts`,
    find: 'for (const part of found.stuck) ports.restart(part);',
    replace: '',
  },
  {
    name: 'watchdog-by-corrected-clock',
    breaks: 'after its clock is put right by a day, a device sees nothing stuck for a day (I7)',
    file: `${PLATFORM}/sync/keep-watch.ts`,
    find: 'const nowMs = () => ports.deviceClock.monotonicMs();',
    replace:
      'const { clock } = ports as unknown as { clock: { nowMs(): number } };\n  const startedMs = clock.nowMs() - ports.deviceClock.monotonicMs();\n  const nowMs = () => clock.nowMs() - startedMs;',
  },
  {
    name: 'observation-not-sent',
    breaks: 'the server does not hear what the device had seen (I1)',
    file: 'proto/src/scanned-messages.ts',
    find: '(scanned.observed !== null && {',
    replace: "(scanned.observed !== null && scanned.code === '' && {",
  },
];
