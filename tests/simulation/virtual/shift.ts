import type { EventId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import type { Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { drawJob, type Job } from '#simulation/draw-job.ts';
import type { RandomSource } from '#simulation/random-source.ts';
import { areaAt } from '#simulation/work-area.ts';
import { checkGuess } from './check-guess.ts';
import type { OpenApp, VirtualDevice } from './virtual-device.ts';
import type { World } from './world.ts';

/** What somebody was told is recorded. */
export type Acknowledged = {
  readonly operation: Operation;
  /** When it was done, by true time. */
  readonly atMs: number;
  /** True where the device can be expected to know the time within a second and a half. */
  readonly knowsTime: boolean;
  /** How many facts the device showed of it. */
  readonly movementCount: number;
};

/** What one person does with one device, over all its kills. */
export type Shift = {
  readonly acknowledged: readonly Acknowledged[];
  isDone(): boolean;
  /** To be called with each app that was opened. */
  work(app: OpenApp): void;
  /** The storage is gone: what was only in it is lost. */
  noteEviction(): void;
  /** What was confirmed by storages that are gone. */
  readonly evicted: readonly Acknowledged[];
};

export type ShiftParts = {
  readonly world: World;
  readonly device: () => VirtualDevice;
  readonly tenant: UploadTenant;
  /** Another company, whose things nobody here may reach. */
  readonly foreign: UploadTenant;
  readonly acts: number;
  readonly random: RandomSource;
};

/** A clock that runs 100 ppm wrong is off by this share of three seconds after four hours. */
const CLOCK_GOOD_FOR_MS = 4 * 3_600_000;
const REMEMBERED = 8;
/** How often a person looks whether all that is shown adds up; on average, over the whole shift. */
const GUESSES_CHECKED = 4;
/** After so many acts a person comes to other things. */
export const ACTS_PER_AREA = 60;

export function createShift({ world, device, tenant, foreign, acts, random }: ShiftParts): Shift {
  const acknowledged: Acknowledged[] = [];
  const evicted: Acknowledged[] = [];
  const operations: Operation[] = [];
  let ofThisStorage: Acknowledged[] = [];
  let latestIssued: Instant | null = null;
  let actsLeft = acts;

  const knowsTime = (app: OpenApp) => {
    const askedAtMs = device().clockAskedAtMs();
    const isFresh = askedAtMs !== null && world.time.nowMs() - askedAtMs < CLOCK_GOOD_FOR_MS;
    const isAhead = latestIssued !== null && latestIssued > instantOfMs(world.time.nowMs() + 1_000);
    return app.clock.isChecked() && isFresh && !isAhead;
  };

  const act = async (app: OpenApp, job: Job) => {
    if (random.chance(0.2)) await lookBack(world, app, device(), ofThisStorage, random);
    if (random.chance(GUESSES_CHECKED / acts)) await checkGuess(world, app, device());
    const knew = knowsTime(app);
    const intent = random.chance(0.01)
      ? drawForeign(foreign, tenant, random)
      : await job.draw(app.replica, operations);
    const atMs = world.time.nowMs();
    const recorded = await (random.chance(0.02) ? app.undoLast() : app.recordOperation(intent));
    if (!recorded.ok) {
      const isExpected = ['storage_full', 'nothing_to_undo'].includes(recorded.error.tag);
      if (!isExpected) world.violate('I1', `not recorded: ${JSON.stringify(recorded.error)}`);
      return;
    }
    const { operation, decision } = recorded.value;
    if (decision.reason === 'newer_fact_stands' && decision.effects.movements.length > 0) {
      world.violate('I8', `${operation.id} (${operation.intent.kind}) is older than what its device knew`);
    }
    const done = { operation, atMs, knowsTime: knew, movementCount: decision.effects.movements.length };
    acknowledged.push(done);
    ofThisStorage.push(done);
    operations.push(operation);
    if (latestIssued === null || operation.recordedAt > latestIssued) latestIssued = operation.recordedAt;
    world.trace(`${operation.id} ${operation.intent.kind} ${decision.verdict}`);
  };
  const shift = async (app: OpenApp) => {
    while (actsLeft > 0) {
      const job = drawJob(areaAt(tenant, Math.floor((acts - actsLeft) / ACTS_PER_AREA)), random);
      for (let left = job.acts; left > 0; left -= 1) {
        await app.life.wait(job.pauseMs());
        if (actsLeft <= 0) return;
        actsLeft -= 1;
        await act(app, job);
      }
    }
  };
  return {
    acknowledged,
    evicted,
    isDone: () => actsLeft <= 0,
    work(app) {
      shift(app).catch((error: unknown) => world.violate('problem', `a shift ends: ${error}`));
    },
    noteEviction() {
      evicted.push(...ofThisStorage);
      ofThisStorage = [];
      latestIssued = null;
    },
  };
}

type Shown = { readonly shown: number; readonly verdict: string | null };

/** I11 and I9: what was confirmed is shown on its device from then on, every member of it. */
async function lookBack(
  world: World,
  app: OpenApp,
  device: VirtualDevice,
  done: readonly Acknowledged[],
  random: RandomSource,
): Promise<void> {
  const recent = done.slice(-REMEMBERED);
  if (recent.length === 0) return;
  const { operation, movementCount } = random.pick(recent);
  if (movementCount === 0 || operation.intent.kind === 'undo') return;
  const { shown, verdict } = await app.replica.get<Shown>(
    `SELECT (SELECT count(*) FROM movements_now WHERE operation_id = ?) AS shown,
            (SELECT verdict FROM operations WHERE id = ?) AS verdict`,
    [operation.id, operation.id],
  );
  if (verdict === 'refused' || shown === movementCount) return;
  world.violate('I11', `${device.deviceId} shows ${shown} of ${movementCount} facts of ${operation.id}`);
}

/** Somebody names what another company has; for this one it must be as if nobody had it. */
function drawForeign(foreign: UploadTenant, tenant: UploadTenant, random: RandomSource): Intent {
  const [locationId] = tenant.locationIds;
  if (locationId === undefined) throw new Error('a company needs a location');
  const asset = { code: 'foreign', assetId: random.pick(foreign.assetIds), observed: null };
  const own = { code: 'own', assetId: random.pick(tenant.assetIds), observed: null };
  switch (Math.floor(random.next() * 4)) {
    case 0:
      return { kind: 'move', asset, locationId };
    case 1:
      return {
        kind: 'check_out',
        asset: own,
        eventId: random.pick<EventId>(foreign.eventIds),
        overrideReason: null,
      };
    case 2:
      return { kind: 'pack', caseId: random.pick(foreign.caseIds), members: [own] };
    default:
      return { kind: 'undo', operationId: foreign.tenantId as string as OperationId };
  }
}
