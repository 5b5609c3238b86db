import { Code, ConnectError } from '@connectrpc/connect';
import type { Checkpoint, StreamRequest, StreamSource } from './virtual-download.ts';
import type { World } from './world.ts';

/** A cut that lasts until it is mended: which way nothing comes through. */
export type Cut = { readonly out: boolean; readonly in: boolean };

/** The network between one device and the server. */
export type VirtualLine = StreamSource & {
  /** Sends a request and brings the answer, or does not. */
  call<T>(serve: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  setCut(cut: Cut | null): void;
  /** No radio: what is tried fails at once, and streams break. */
  setRadio(isOn: boolean): void;
  /** All streams end, and the device hears nothing of it. */
  cutSilently(): void;
  /** The app is gone: its connections go with it. */
  dropStreams(): void;
};

/** The server's end of a stream; `take` resolves when the device has what it was sent. */
export type StreamPeer = { take(checkpoint: Checkpoint): Promise<void>; broke(): void };
export type OpenAtServer = (request: StreamRequest, peer: StreamPeer) => () => void;

/** How long the server needs to see that nobody hears it any more. */
const SERVER_NOTICES_AFTER_MS = 20_000;
/** As the transport of the app has it: a call that takes longer is given up. */
const TIME_OUT_MS = 20_000;
const LATEST_REPEAT_MS = 60_000;

type Stream = {
  state: 'open' | 'half_open' | 'closed';
  readonly stalled: (() => void)[];
  readonly close: () => void;
  hangUp: () => void;
};

export function createVirtualLine(world: World, name: string, openAtServer: OpenAtServer): VirtualLine {
  const { time, counts } = world;
  const random = world.random.fork(`line of ${name}`);
  const streams = new Set<Stream>();
  let cut: Cut | null = null;
  let hasRadio = true;
  const delayMs = () => 3 + random.next() ** 3 * world.faults().longestDelayMs;
  const isSilent = () => random.chance(world.faults().lostInSilence);

  const call = <T>(serve: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const cancelTimeOut = time.after(TIME_OUT_MS, () => {
        reject(new ConnectError('no answer in time', Code.DeadlineExceeded));
      });
      const fail = (what: string) => {
        cancelTimeOut();
        reject(new ConnectError(what, Code.Unavailable));
      };
      const lose = (what: string, silently: boolean) => {
        if (!silently) time.after(delayMs(), () => fail(what));
      };
      signal?.addEventListener('abort', () => {
        cancelTimeOut();
        reject(new ConnectError('given up', Code.Canceled));
      });
      if (!hasRadio) return void time.after(1, () => fail('no network'));
      if (random.chance(world.faults().requestLost)) {
        counts.requestsLost += 1;
        return lose('the request got lost', isSilent());
      }
      if (random.chance(world.faults().repeated)) {
        counts.repeats += 1;
        // A copy that wanders about; what comes of it, nobody hears.
        time.after(
          delayMs() + random.between(0, LATEST_REPEAT_MS),
          () => void serve().catch(() => undefined),
        );
      }
      const answer = (bring: () => void) => {
        if (random.chance(world.faults().answerLost)) {
          counts.answersLost += 1;
          return lose('the answer got lost', isSilent());
        }
        time.after(delayMs(), () => {
          if (!hasRadio || cut?.in === true) return lose('cut off', hasRadio && isSilent());
          cancelTimeOut();
          bring();
        });
      };
      time.after(delayMs(), () => {
        if (!hasRadio || cut?.out === true) return lose('cut off', hasRadio && isSilent());
        serve().then(
          (value) => answer(() => resolve(value)),
          (error: unknown) => answer(() => reject(error)),
        );
      });
    });

  const close = (stream: Stream, isHeard: boolean, broke: () => void) => {
    if (stream.state !== 'open') return;
    stream.state = isHeard ? 'closed' : 'half_open';
    counts[isHeard ? 'streamsCut' : 'halfOpenStreams'] += 1;
    if (!isHeard) time.after(SERVER_NOTICES_AFTER_MS, () => stream.hangUp());
    if (isHeard) {
      streams.delete(stream);
      broke();
    }
  };

  const openAtServerFor = (request: StreamRequest, device: StreamPeer) => {
    const stream: Stream = {
      state: 'open',
      stalled: [],
      hangUp: () => undefined,
      close: () => close(stream, !random.chance(world.faults().halfOpen), device.broke),
    };
    // What comes before the answer waits for it; where the answer gets lost, nobody listens to the stream.
    let isAnswered: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      isAnswered = resolve;
    });
    const peer: StreamPeer = {
      async take(checkpoint) {
        await time.wait(delayMs());
        await answered;
        while (cut?.in === true && stream.state === 'open') {
          await new Promise<void>((go) => stream.stalled.push(go));
        }
        if (stream.state !== 'open') return new Promise(() => undefined);
        await device.take(checkpoint);
      },
      // Where the line is cut, the device does not hear of the end; of a stream that it does not know, it never does.
      broke: () => {
        if (streams.has(stream)) close(stream, hasRadio && cut?.in !== true, device.broke);
        else stream.state = 'closed';
      },
    };
    stream.hangUp = openAtServer(request, peer);
    return { stream, isAnswered };
  };

  return {
    call,
    async open(request, device) {
      // A request that is repeated opens two: the device hears the one whose answer it gets, the other speaks to nobody.
      const opened = await call(async () => openAtServerFor(request, device));
      opened.isAnswered();
      const { stream } = opened;
      streams.add(stream);
      // It may have ended while the answer was on its way.
      if (stream.state === 'closed') device.broke();
      else if (!hasRadio) stream.close();
      return () => {
        stream.state = 'closed';
        streams.delete(stream);
        stream.hangUp();
      };
    },
    setCut(next) {
      cut = next;
      world.trace(`${name} cut ${next?.out} ${next?.in}`);
      for (const stream of [...streams]) {
        if (next?.in === true && random.chance(0.6)) stream.close();
        for (const go of stream.stalled.splice(0)) go();
      }
    },
    setRadio(isOn) {
      hasRadio = isOn;
      if (isOn) return;
      for (const stream of [...streams]) stream.close();
    },
    cutSilently() {
      for (const stream of streams) close(stream, false, () => undefined);
    },
    dropStreams() {
      for (const stream of streams) stream.state = 'closed';
      streams.clear();
    },
  };
}
