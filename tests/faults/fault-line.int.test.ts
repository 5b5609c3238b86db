import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRandomSource } from '#simulation/random-source.ts';
import { type FaultLine, openFaultLine } from './fault-line.ts';
import { fairWeather } from './weather.ts';

let server: Server;
let serverSides: Socket[];
let line: FaultLine;
let device: Socket;

beforeEach(async () => {
  serverSides = [];
  server = createServer((socket) => {
    serverSides.push(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  line = await openFaultLine((server.address() as AddressInfo).port, createRandomSource('line'));
  device = connect(Number(new URL(line.url).port), '127.0.0.1');
  device.on('error', () => undefined);
  await once(device, 'connect');
});
afterEach(async () => {
  device.destroy();
  await line.close();
  for (const socket of serverSides) socket.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

describe('a line to an echo', () => {
  test('carries everything in order in fair weather, and the end of it', async () => {
    const sent = Buffer.from(Array.from({ length: 700_000 }, (_, index) => index % 251));
    device.end(sent);
    expect(Buffer.compare(await everything(device), sent)).toBe(0);
    expect(line.counts).toMatchObject({ connections: 1, bytes: 2 * sent.length, resets: 0 });
  });

  test('carries everything in order through delay, loss and drip', async () => {
    line.setWeather({ delayMs: 5, loss: 0.1, bytesPerSecond: 200_000 });
    const sent = Buffer.from(Array.from({ length: 20_000 }, (_, index) => index % 251));
    const startedAt = performance.now();
    device.end(sent);
    expect(Buffer.compare(await everything(device), sent)).toBe(0);
    // Twice through the drip, the second way while the first still runs.
    expect(performance.now() - startedAt).toBeGreaterThan(100);
  });

  test('holds what goes up in a partition and tells nobody, then lets it through', async () => {
    await roundTrip();
    line.setWeather({ isBlocked: { up: true, down: false } });
    const answered = next(device);
    device.write('hello');
    serverSides[0]?.write('news');
    expect(String(await answered)).toBe('news');
    expect(serverSides[0]?.bytesRead).toBe(1);
    const echoed = next(device);
    line.setWeather(fairWeather);
    expect(String(await echoed)).toBe('hello');
  });

  test('holds what comes down while what goes up arrives', async () => {
    await roundTrip();
    line.setWeather({ isBlocked: { up: false, down: true } });
    const arrived = next(serverSides[0] as Socket);
    device.write('hello');
    expect(String(await arrived)).toBe('hello');
    expect(device.bytesRead).toBe(1);
    const echoed = next(device);
    line.setWeather(fairWeather);
    expect(String(await echoed)).toBe('hello');
  });

  test('keeps the end of a connection back as well', async () => {
    await roundTrip();
    line.setWeather({ isBlocked: { up: true, down: true } });
    const closed = once(device, 'close');
    serverSides[0]?.destroy();
    await once(serverSides[0] as Socket, 'close');
    expect(device.destroyed).toBe(false);
    line.setWeather(fairWeather);
    await closed;
  });

  test('resets both ends, at once or after so many bytes', async () => {
    await roundTrip();
    const ends = [once(device, 'close'), once(serverSides[0] as Socket, 'close')];
    line.setWeather({ resetAfterBytes: 10 });
    device.write('0123456789');
    await Promise.all(ends);
    expect(line.counts.resets).toBe(1);
  });

  test('half-open: the server has forgotten, and the device learns of it by what it sends', async () => {
    await roundTrip();
    const serverEnd = once(serverSides[0] as Socket, 'close');
    line.forget();
    await serverEnd;
    expect(device.destroyed).toBe(false);
    const closed = once(device, 'close');
    device.write('are you there?');
    await closed;
    expect(line.counts.forgotten).toBe(1);
  });
});

async function roundTrip(): Promise<void> {
  const echoed = next(device);
  device.write('.');
  await echoed;
}

function next(socket: Socket): Promise<Buffer> {
  return new Promise((resolve) => {
    socket.once('data', resolve);
  });
}

function once(socket: Socket, event: 'connect' | 'close'): Promise<void> {
  return new Promise((resolve) => {
    socket.once(event, () => resolve());
  });
}

async function everything(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
