import type { RandomSource } from '#simulation/random-source.ts';
import type { Shift } from './shift.ts';
import type { VirtualDevice } from './virtual-device.ts';
import type { VirtualServer } from './virtual-server.ts';
import type { World } from './world.ts';

export type Worker = { readonly device: VirtualDevice; readonly shift: Shift };

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Everything that befalls devices and server until it is called off; each kind by a chance of its own, so that one
 * kind more changes nothing about the others.
 */
export function startWeather(
  world: World,
  workers: readonly Worker[],
  server: VirtualServer,
): { stop(): void } {
  const { time, counts } = world;
  let isOver = false;
  let isNight = false;
  const isQuiet = () => isOver || isNight;

  /** Happens so often an hour on average, at moments that have nothing to do with one another. */
  const befall = (perHour: number, name: string, happen: (random: RandomSource) => void) => {
    if (perHour <= 0) return;
    const random = world.random.fork(`weather: ${name}`);
    const next = () => {
      time.after((-Math.log(1 - random.next()) * HOUR_MS) / perHour, () => {
        if (isOver) return;
        if (!isNight) happen(random);
        next();
      });
    };
    next();
  };

  const faults = world.faults();
  for (const [index, { device, shift }] of workers.entries()) {
    befall(faults.partitionsPerHour, `partitions ${index}`, (random) => {
      counts.partitions += 1;
      partition(world, device, random, isQuiet);
    });
    befall(faults.killsPerHour, `kills ${index}`, (random) =>
      device.killSoon(Math.ceil(random.between(0, 60))),
    );
    befall(faults.clockJumpsPerHour, `jumps ${index}`, (random) => {
      counts.clockJumps += 1;
      device.clock.jump(random.between(-2 * DAY_MS, 2 * DAY_MS));
    });
    befall(faults.signOutsPerHour, `sign-outs ${index}`, (random) => {
      counts.signOuts += 1;
      server.setSignedIn(device.userId, false);
      time.after(random.between(5_000, 900_000), () => server.setSignedIn(device.userId, true));
    });
    befall(faults.rightsChangesPerHour, `rights ${index}`, (random) => {
      counts.rightsChanges += 1;
      device.setMayScan(random.chance(0.5));
    });
    befall(faults.eviction * 2, `evictions ${index}`, (random) => {
      counts.evictions += 1;
      device.evict();
      shift.noteEviction();
      time.after(random.between(1_000, 120_000), device.open);
    });
  }
  befall(faults.serverCrashesPerHour, 'crashes', (random) => server.crashSoon(random.chance(0.4)));
  befall(faults.slotLossesPerHour, 'slot', () => server.loseSlot());
  sleepLong(world, workers, (next) => {
    isNight = next;
  });
  return {
    stop() {
      isOver = true;
    },
  };
}

/** One way, both ways, or coming and going every second or three. */
function partition(world: World, device: VirtualDevice, random: RandomSource, isQuiet: () => boolean): void {
  const { time } = world;
  const endsAtMs = time.nowMs() + random.next() ** 2 * world.faults().longestPartitionMs;
  const kind = random.pick(['out', 'in', 'both', 'radio', 'flapping'] as const);
  const mend = () => {
    device.line.setCut(null);
    if (kind !== 'radio') return;
    device.line.setRadio(true);
    device.app()?.network.set(true);
  };
  if (kind === 'radio') {
    device.line.setRadio(false);
    device.app()?.network.set(false);
  } else if (kind !== 'flapping') {
    device.line.setCut({ out: kind !== 'in', in: kind !== 'out' });
  } else {
    const flap = (isCut: boolean) => {
      if (isQuiet() || time.nowMs() >= endsAtMs) return device.line.setCut(null);
      device.line.setCut(isCut ? { out: true, in: true } : null);
      time.after(random.between(1_000, 3_000), () => flap(!isCut));
    };
    flap(true);
    return;
  }
  time.after(endsAtMs - time.nowMs(), mend);
}

/** Some devices sleep through days with what they have recorded, while all others are switched off. */
function sleepLong(world: World, workers: readonly Worker[], setNight: (isNight: boolean) => void): void {
  const random = world.random.fork('weather: sleep');
  const { sleepers } = world.faults();
  if (sleepers === 0) return;
  const { time, counts } = world;
  time.after(random.between(200_000, 1_200_000), () => {
    if (world.faults().sleepers === 0) return;
    const asleep = workers.filter(({ device }) => random.chance(sleepers) && device.app() !== null);
    if (asleep.length === 0) return;
    setNight(true);
    for (const { device } of workers) {
      if (!asleep.some((worker) => worker.device === device)) device.setOff(true);
      else {
        counts.sleeps += 1;
        device.setAsleep(true);
      }
    }
    time.after(random.between(DAY_MS, 30 * DAY_MS), () => {
      for (const { device } of workers) {
        if (asleep.some((worker) => worker.device === device)) device.setAsleep(false);
        else device.setOff(false);
      }
      setNight(false);
    });
  });
}
