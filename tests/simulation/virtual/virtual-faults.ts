import type { RandomSource } from '#simulation/random-source.ts';

/** How likely what goes wrong in one run. Probabilities from 0 to 1; `…PerHour` for each device, or for the server. */
export type VirtualFaults = {
  readonly requestLost: number;
  readonly answerLost: number;
  /** Of what is lost: without a word, until somebody gives up waiting. */
  readonly lostInSilence: number;
  /** The same request once more, up to 60 s later. */
  readonly repeated: number;
  readonly longestDelayMs: number;
  readonly partitionsPerHour: number;
  readonly longestPartitionMs: number;
  /** Of the streams that a partition hits: the device never hears that it is cut. */
  readonly halfOpen: number;
  readonly killsPerHour: number;
  /** Chance of a storage being lost in the run, for each device. */
  readonly eviction: number;
  readonly diskFull: number;
  readonly diskSlow: number;
  readonly serverCrashesPerHour: number;
  /** For each statement. */
  readonly databaseStumbles: number;
  readonly databaseSlow: number;
  readonly slotLossesPerHour: number;
  readonly signOutsPerHour: number;
  readonly poison: number;
  /** Share of devices whose clock is wrong. */
  readonly wrongClocks: number;
  readonly clockJumpsPerHour: number;
  /** Share of devices that sleep through days with what they have recorded. */
  readonly sleepers: number;
  readonly rightsChangesPerHour: number;
  /** In the end, devices are told that they have network again, as most are; the others must find out. */
  readonly isHealTold: boolean;
  /** The server can say whether it has a stream to a device; where another service streams, it cannot. */
  readonly knowsStreams: boolean;
  /** The last fault of all cuts every stream, and no device hears of it. */
  readonly isLastCutSilent: boolean;
};

/** Each run draws its own weather, some kinds of fault left out: what always comes together hides bugs. */
export function drawVirtualFaults(random: RandomSource): VirtualFaults {
  const upTo = (most: number, left = 0.4) => (random.chance(left) ? 0 : random.between(0, most));
  return {
    requestLost: upTo(0.4),
    answerLost: upTo(0.4),
    lostInSilence: random.between(0, 0.6),
    repeated: upTo(0.3),
    longestDelayMs: random.chance(0.3) ? 30 : random.between(30, 4_000),
    partitionsPerHour: upTo(12),
    longestPartitionMs: random.chance(0.8) ? 300_000 : 3_600_000,
    halfOpen: upTo(1, 0.6),
    killsPerHour: upTo(16),
    eviction: random.chance(0.85) ? 0 : random.between(0.2, 1),
    diskFull: upTo(0.04, 0.7),
    diskSlow: upTo(0.02, 0.5),
    serverCrashesPerHour: upTo(20, 0.5),
    databaseStumbles: upTo(0.01, 0.5),
    databaseSlow: upTo(0.3, 0.5),
    slotLossesPerHour: upTo(4, 0.6),
    signOutsPerHour: upTo(2, 0.6),
    poison: upTo(0.03, 0.5),
    wrongClocks: random.chance(0.5) ? 0 : random.between(0.2, 0.8),
    clockJumpsPerHour: upTo(4, 0.6),
    sleepers: random.chance(0.9) ? 0 : random.between(0.3, 1),
    rightsChangesPerHour: upTo(4, 0.7),
    isHealTold: random.chance(0.6),
    knowsStreams: random.chance(0.6),
    isLastCutSilent: random.chance(0.5),
  };
}

/** The weather after the last fault. */
export const calm: VirtualFaults = {
  requestLost: 0,
  answerLost: 0,
  lostInSilence: 0,
  repeated: 0,
  longestDelayMs: 60,
  partitionsPerHour: 0,
  longestPartitionMs: 0,
  halfOpen: 0,
  killsPerHour: 0,
  eviction: 0,
  diskFull: 0,
  diskSlow: 0,
  serverCrashesPerHour: 0,
  databaseStumbles: 0,
  databaseSlow: 0,
  slotLossesPerHour: 0,
  signOutsPerHour: 0,
  poison: 0,
  wrongClocks: 0,
  clockJumpsPerHour: 0,
  sleepers: 0,
  rightsChangesPerHour: 0,
  isHealTold: true,
  knowsStreams: true,
  isLastCutSilent: false,
};

/** What happened, to prove that runs did something. */
export const faultNames = [
  'requestsLost',
  'answersLost',
  'repeats',
  'partitions',
  'halfOpenStreams',
  'streamsCut',
  'kills',
  'killsAfterCommit',
  'evictions',
  'fullDisks',
  'slowDisks',
  'serverCrashes',
  'crashesAfterCommit',
  'databaseStumbles',
  'slotLosses',
  'signOuts',
  'poisonOperations',
  'wrongClocks',
  'clockJumps',
  'sleeps',
  'rightsChanges',
] as const;
export type FaultName = (typeof faultNames)[number];
export type FaultCounts = Record<FaultName, number>;

export function noFaultsYet(): FaultCounts {
  return Object.fromEntries(faultNames.map((name) => [name, 0])) as FaultCounts;
}
