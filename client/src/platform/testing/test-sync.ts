import { createObservable } from '#platform/live/observable.ts';
import type { RecordCapabilities } from '#platform/operations/record-operation.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { type SyncSession, type SyncSessionPorts, startSyncSession } from '#platform/sync/sync-session.ts';
import { realTimers, type Timers } from '#platform/sync/timers.ts';
import type { ServerDouble } from './server-double.ts';
import type { TestDevice } from './test-device.ts';

/** Waits of seconds pass in hundredths of them; their proportions stay. */
export const fastTimers: Timers = { after: (ms, run) => realTimers.after(ms / 50, run) };

export type TestSync = SyncSession & {
  /** Those of the device; what is recorded with them is told to the session. */
  readonly capabilities: RecordCapabilities;
  setOnline(isOnline: boolean): void;
  /** What should never have happened. */
  readonly problems: readonly string[];
};

/** A device in step with a server double, as the app would keep it. */
export async function startTestSync(
  device: TestDevice,
  server: ServerDouble,
  tab: Pick<SyncSessionPorts, 'locks' | 'siblings'> = { locks: null, siblings: null },
): Promise<TestSync> {
  const network = createObservable(true);
  const problems: string[] = [];
  const session = await startSyncSession({
    replica: device.replica,
    findDeciding: device.capabilities.findDeciding,
    deviceId: device.deviceId,
    appVersion: 'test',
    deviceClock: device.clock,
    clock: device.capabilities.clock,
    timers: fastTimers,
    random: () => 0.5,
    push: server.push,
    attachments: null,
    askServerTime: server.askServerTime,
    reportDevice: server.reportDevice,
    memory: device.memory,
    askForStream: async () => null,
    createConnector: ({ onToken }) => ({
      async fetchCredentials() {
        onToken();
        return { endpoint: 'http://device.test', token: 'test' };
      },
      async uploadData() {
        throw new Error('PowerSync was asked to upload');
      },
    }),
    ...tab,
    network,
    onProblem: (what, error) => problems.push(`${what}: ${error}`),
  });
  return {
    ...session,
    capabilities: { ...device.capabilities, onRecorded: session.noteRecorded },
    problems,
    setOnline(isOnline) {
      server.setReachable(isOnline);
      network.set(isOnline);
    },
  };
}

/** Rows without any guess on top and nothing left to send. */
export async function isSettled(replica: Replica): Promise<boolean> {
  const { left } = await replica.get<{ left: number }>(
    `SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM assets_overlay) +
            (SELECT count(*) FROM movements_overlay) + (SELECT count(*) FROM conflicts_overlay) AS left`,
  );
  return left === 0;
}

/** Every different answer that a query gave, from now on until stopped. */
export function watchAnswers(replica: Replica, sql: string, params: readonly string[]) {
  const seen: string[] = [];
  let isOn = true;
  const loop = async () => {
    while (isOn) {
      const row = await replica.getOptional<{ answer: string }>(sql, [...params]);
      const answer = row === null ? 'nothing' : row.answer;
      if (seen.at(-1) !== answer) seen.push(answer);
    }
  };
  const done = loop();
  return {
    last: () => seen.at(-1),
    async stop(): Promise<string[]> {
      isOn = false;
      await done;
      return seen;
    },
  };
}
