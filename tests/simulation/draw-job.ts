import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import type { AssetId, EventId, StorageLocationId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import { drawIntent } from './draw-intent.ts';
import { drawLabel, readLabel } from './draw-label.ts';
import { drawCount, drawFinish } from './draw-stocktake.ts';
import type { RandomSource } from './random-source.ts';
import { scanOf } from './scan-of.ts';
import type { WorkArea } from './work-area.ts';

/** A stretch of work of one person. */
export type Job = {
  /** How many acts it is at most. */
  readonly acts: number;
  /** How long until the next act. */
  pauseMs(): number;
  /** The next act, by what the device shows. */
  draw(replica: Replica, done: readonly Operation[]): Promise<Intent>;
};

/** Odd jobs, or many things in a row as fast as a scanner reads: out of the door, back in, into cases, or counted. */
export function drawJob(area: WorkArea, random: RandomSource): Job {
  const kind = random.next();
  if (kind < 0.3) {
    return {
      acts: Math.ceil(random.between(4, 24)),
      pauseMs: () => drawPauseMs(random),
      draw: (replica, done) => drawIntent(replica, area, done, random),
    };
  }
  const locationId = random.pick<StorageLocationId>(area.locationIds);
  const row = {
    acts: Math.ceil(random.between(10, 60)),
    pauseMs: () => random.between(30, 120),
  };
  const next = inARow<AssetId>([...area.assetIds, ...area.caseIds], random);
  if (kind < 0.5) {
    const out = drawWayOut(area, random);
    return { ...row, draw: async (replica) => out(await scanOf(replica, next())) };
  }
  if (kind < 0.7) {
    return {
      ...row,
      async draw(replica) {
        const asset = await scanOf(replica, next());
        const disposition = random.chance(0.03) ? 'damaged' : 'ok';
        return { kind: 'check_in', asset, locationId, disposition, note: null };
      },
    };
  }
  if (kind < 0.8) {
    // Cases go into cases, too, and by two people into one another.
    return {
      ...row,
      async draw(replica) {
        const member = random.chance(0.5) ? next() : random.pick<AssetId>(area.caseIds);
        const caseId = random.pick<AssetId>(area.caseIds);
        return { kind: 'pack', caseId, members: [await scanOf(replica, member)] };
      },
    };
  }
  if (kind < 0.84) {
    // Labels are put on things and read by others, who may not know of it yet.
    return {
      acts: Math.ceil(random.between(4, 16)),
      pauseMs: () => random.between(200, 1_500),
      async draw(replica) {
        if (random.chance(0.3)) return drawLabel(replica, area, random);
        const asset = await readLabel(replica, area, random);
        const eventId = random.pick<EventId>(area.eventIds);
        return { kind: 'check_out', asset, eventId, overrideReason: null };
      },
    };
  }
  if (kind < 0.88) {
    const acts = Math.ceil(random.between(2, 8));
    return { acts, pauseMs: () => drawPauseMs(random), draw: (replica) => drawFinish(replica, random) };
  }
  return { ...row, draw: (replica) => drawCount(replica, area, { locationId, next }, random) };
}

/** Onto a truck, or straight to the event: the same for the whole row. */
function drawWayOut(
  area: WorkArea,
  random: RandomSource,
): (asset: Awaited<ReturnType<typeof scanOf>>) => Intent {
  const eventId = random.pick<EventId>(area.eventIds);
  const vehicleId = random.pick<VehicleId>(area.vehicleIds);
  if (random.chance(0.6)) return (asset) => ({ kind: 'check_out', asset, eventId, overrideReason: null });
  return (asset) => ({ kind: 'load', asset, vehicleId, eventId, overrideReason: null, contents: [] });
}

/** One thing after the other as they stand on the shelf, beginning anywhere. */
function inARow<Id>(ids: readonly Id[], random: RandomSource): () => Id {
  let at = Math.floor(random.between(0, ids.length));
  return () => {
    const id = ids[at % ids.length];
    if (id === undefined) throw new Error('there is nothing here');
    at += 1;
    return id;
  };
}

/** Scans come in bursts, between talk, walks and breaks. */
function drawPauseMs(random: RandomSource): number {
  const kind = random.next();
  if (kind < 0.82) return random.between(30, 700);
  return kind < 0.97 ? random.between(1_000, 10_000) : random.between(20_000, 150_000);
}
