import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { RandomSource } from '#simulation/random-source.ts';
import { forward } from './forward.ts';
import { createPassage } from './passage.ts';
import { fairWeather, type Weather } from './weather.ts';

export type LineCounts = { connections: number; resets: number; forgotten: number; bytes: number };

/** A TCP proxy between one device and the server, with weather. */
export type FaultLine = {
  readonly url: string;
  readonly counts: Readonly<LineCounts>;
  setWeather(changes: Partial<Weather>): void;
  /** Every connection breaks with a reset, both ends hear of it. */
  reset(): void;
  /**
   * Half-open: the server's end of every connection is gone, and the device's end does not hear of it. What the device
   * sends on it is answered by a reset, as a host does that knows no such connection; while it sends nothing, nothing
   * tells.
   */
  forget(): void;
  close(): Promise<void>;
};

type Connection = { reset(): void; forget(): void };

export async function openFaultLine(targetPort: number, random: RandomSource): Promise<FaultLine> {
  const passage = createPassage(fairWeather, random);
  const counts: LineCounts = { connections: 0, resets: 0, forgotten: 0, bytes: 0 };
  const connections = new Set<Connection>();

  // Half-open sides stay half open: each direction ends by itself, as TCP's do.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    counts.connections += 1;
    const far = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const connection = join(near, far);
    connections.add(connection);
    let isOneGone = false;
    for (const socket of [near, far]) {
      socket.on('close', () => {
        if (isOneGone) connections.delete(connection);
        isOneGone = true;
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  function join(near: Socket, far: Socket): Connection {
    let downBytes = 0;
    const reset = () => {
      if (!near.destroyed || !far.destroyed) counts.resets += 1;
      near.resetAndDestroy();
      far.resetAndDestroy();
    };
    const stopUp = forward({ from: near, to: far, direction: 'up' }, passage, (byteCount) => {
      counts.bytes += byteCount;
    });
    const stopDown = forward({ from: far, to: near, direction: 'down' }, passage, (byteCount) => {
      counts.bytes += byteCount;
      downBytes += byteCount;
      const { resetAfterBytes } = passage.current();
      if (resetAfterBytes !== null && downBytes >= resetAfterBytes) reset();
    });
    return {
      reset,
      forget() {
        if (near.destroyed || far.destroyed) return;
        counts.forgotten += 1;
        stopUp();
        stopDown();
        far.resetAndDestroy();
        near.on('data', () => void passage.untilOpen('up').then(() => near.resetAndDestroy()));
        near.resume();
      },
    };
  }

  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    setWeather: passage.change,
    reset() {
      for (const connection of connections) connection.reset();
    },
    forget() {
      for (const connection of connections) connection.forget();
    },
    async close() {
      passage.change(fairWeather);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of connections) connection.reset();
      await closed;
    },
  };
}
