import type { RandomSource } from './random-source.ts';

/** How likely what goes wrong in one run; probabilities from 0 to 1. */
export type FaultPlan = {
  readonly requestLost: number;
  readonly answerLost: number;
  /** The same call once more, up to half a second later. */
  readonly repeated: number;
  readonly delayedMs: number;
  readonly streamRefused: number;
  readonly streamCut: number;
  /** Per device and second. */
  readonly partition: number;
  readonly kill: number;
  /** For each of the two moments in a run in which it may happen. */
  readonly serverRestart: number;
  readonly databaseCut: number;
};

/** Each run draws its own weather, some kinds of fault left out: what always comes together hides bugs. */
export function drawFaultPlan(random: RandomSource): FaultPlan {
  const upTo = (most: number) => (random.chance(0.3) ? 0 : random.between(0, most));
  return {
    requestLost: upTo(0.4),
    answerLost: upTo(0.4),
    repeated: upTo(0.3),
    delayedMs: upTo(80),
    streamRefused: upTo(0.3),
    streamCut: upTo(0.4),
    partition: upTo(0.5),
    kill: upTo(0.35),
    serverRestart: upTo(0.6),
    databaseCut: upTo(0.6),
  };
}

export const noFaults: FaultPlan = {
  requestLost: 0,
  answerLost: 0,
  repeated: 0,
  delayedMs: 0,
  streamRefused: 0,
  streamCut: 0,
  partition: 0,
  kill: 0,
  serverRestart: 0,
  databaseCut: 0,
};
