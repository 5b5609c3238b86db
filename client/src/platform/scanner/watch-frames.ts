import { noteSight, type SeenCodes } from './code-repeats.ts';

/** After so long without a single code a person is told that there is another way. */
export const UNREADABLE_AFTER_MS = 8000;

/** Where frames come from and who reads them: a video and a worker, or a test. */
export type FramePort<Frame> = {
  /** Resolves when the camera has a new picture, or when `signal` aborts. */
  readonly nextFrame: (signal: AbortSignal) => Promise<void>;
  /** Null while the camera has no picture yet. */
  readonly grab: () => Frame | null;
  /** Every code in the frame; empty where nothing can be read. */
  readonly decode: (frame: Frame) => Promise<readonly string[]>;
  readonly nowMs: () => number;
};

export type FrameListener = {
  readonly onCode: (code: string) => void;
  /** True after `UNREADABLE_AFTER_MS` without a code, false again with the next one. */
  readonly onUnreadable: (isUnreadable: boolean) => void;
};

/**
 * Reads frame after frame until `signal` aborts. The next frame is fetched only when the last is done, so a slow
 * phone reads fewer frames instead of falling behind. Rejects when the decoder fails.
 */
export async function watchFrames<Frame>(
  port: FramePort<Frame>,
  listener: FrameListener,
  signal: AbortSignal,
): Promise<void> {
  let seen: SeenCodes = new Map();
  let readAtMs = port.nowMs();
  let isUnreadable = false;
  while (!signal.aborted) {
    await port.nextFrame(signal);
    const frame = signal.aborted ? null : port.grab();
    if (frame === null) continue;
    const codes = await port.decode(frame);
    if (signal.aborted) return;
    const nowMs = port.nowMs();
    for (const code of codes) {
      const noted = noteSight(seen, code, nowMs);
      seen = noted.seen;
      if (!noted.isRepeat) listener.onCode(code);
    }
    if (codes.length > 0) readAtMs = nowMs;
    const isLate = nowMs - readAtMs >= UNREADABLE_AFTER_MS;
    if (isLate !== isUnreadable) listener.onUnreadable(isLate);
    isUnreadable = isLate;
  }
}
