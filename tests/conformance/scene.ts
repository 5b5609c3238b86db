import { randomUUID } from 'node:crypto';
import { type Line, openStream, type RawReader } from '@eventkit/sync-server/testing/raw-reader.ts';
import { checkpointsOf, isComplete } from '@eventkit/sync-server/testing/read-lines.ts';
import { eventually } from '@eventkit/sync-server/testing/running-sync-server.ts';
import type { Follower } from './follower.ts';
import type { Change, Subject } from './subject.ts';

/** Thrown where the subject lacks what a rule needs. */
export class NotCheckable extends Error {
  override readonly name = 'NotCheckable';
}

type Asked = {
  readonly token?: string;
  readonly body?: Line;
  readonly accept?: string;
  readonly encoding?: string;
  readonly onLine?: (line: Line) => void;
};

/** What a rule works with. Streams that it opens are closed when it is over. */
export type Scene = {
  readonly subject: Subject;
  /** A word that no row holds yet. */
  mark(): string;
  token(wish?: { readonly lifeSeconds?: number; readonly isOther?: boolean }): Promise<string>;
  open(asked?: Asked): Promise<RawReader>;
  /** A stream that has its first complete checkpoint. */
  drained(asked?: Asked): Promise<RawReader>;
  /** A stream whose lines a device keeps, from where that device is. */
  follow(follower: Follower, asked?: Asked): Promise<RawReader>;
  change(change: Change): Promise<void>;
  /** Waits until everything written so far is served. */
  settle(): Promise<void>;
  /** Asks a route other than the stream, with a good token unless told otherwise. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  writeCheckpoint(clientId: string): Promise<string>;
  need<T>(value: T | null, what: string): T;
  close(): void;
};

export function openScene(subject: Subject): Scene {
  const readers: RawReader[] = [];
  const need = <T>(value: T | null, what: string): T => {
    if (value === null) throw new NotCheckable(`needs ${what}`);
    return value;
  };
  const scene: Scene = {
    subject,
    need,
    mark: () => `mark-${randomUUID()}`,
    async token(wish = {}) {
      const kind = wish.isOther === true ? 'a token of somebody else' : 'a token of a life of its own';
      return need(await subject.token(wish), kind);
    },
    async open(asked = {}) {
      const token = asked.token ?? (await scene.token());
      const reader = await openStream({ url: subject.url, ...asked, token });
      readers.push(reader);
      return reader;
    },
    async drained(asked = {}) {
      const reader = await scene.open(asked);
      await eventually(() => isComplete(reader.lines), 'a complete checkpoint');
      return reader;
    },
    async follow(follower, asked = {}) {
      follower.begin();
      const reader = await scene.open({
        ...asked,
        body: { ...asked.body, buckets: follower.positions() },
        onLine: (line) => follower.take(line),
      });
      await eventually(() => follower.isComplete, 'the device to be up to date');
      return reader;
    },
    change: (change) => need(subject.change, 'a way to change rows')(change),
    async settle() {
      const clientId = randomUUID();
      const reader = await scene.open({ body: { client_id: clientId } });
      const number = await scene.writeCheckpoint(clientId);
      await eventually(
        () => checkpointsOf(reader.lines).some((one) => one.write_checkpoint === number),
        'the write checkpoint',
      );
      reader.close();
    },
    async ask(path, init = {}) {
      const headers = {
        authorization: `Token ${await scene.token()}`,
        'content-type': 'application/json',
        ...init.headers,
      };
      return fetch(subject.url + path, { signal: AbortSignal.timeout(30_000), ...init, headers });
    },
    async writeCheckpoint(clientId) {
      const answer = await scene.ask(`/write-checkpoint2.json?client_id=${clientId}`);
      const { data } = (await answer.json()) as { data: { write_checkpoint: string } };
      return data.write_checkpoint;
    },
    close() {
      for (const reader of readers) reader.close();
    },
  };
  return scene;
}
