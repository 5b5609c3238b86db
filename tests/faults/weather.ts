/** As the device sees it: up is what it sends, down is what it gets. */
export type Direction = 'up' | 'down';

/** What a line does to the bytes on it. */
export type Weather = {
  /** Each piece waits up to so long; pieces never overtake one another, as in TCP. */
  readonly delayMs: number;
  /** The chance that a piece got lost and comes only with the next attempt, `RESENT_AFTER_MS` later. */
  readonly loss: number;
  /** Slow drip; null: as fast as it goes. */
  readonly bytesPerSecond: number | null;
  /** A partition, one way or both: nothing comes through and nobody is told. What waits comes when it ends. */
  readonly isBlocked: Readonly<Record<Direction, boolean>>;
  /** Each connection is reset once so many bytes came down on it. */
  readonly resetAfterBytes: number | null;
};

export const fairWeather: Weather = {
  delayMs: 0,
  loss: 0,
  bytesPerSecond: null,
  isBlocked: { up: false, down: false },
  resetAfterBytes: null,
};

/** The first retransmission of Linux's TCP. */
export const RESENT_AFTER_MS = 200;
