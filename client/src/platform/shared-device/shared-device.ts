import { withPersonProof } from '@eventkit/proto/person-proof.ts';
import { hexOf } from '@eventkit/shared/kernel/hex.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { waitAfterWrongPins } from '@eventkit/shared/permissions/pins.ts';
import type { WritableObservable } from '#platform/live/observable.ts';
import type { Session } from '#platform/session/session.ts';
import type { EnrolledPerson, EnrolmentStore, ToldPerson } from './enrolled-person.ts';
import { newPersonKey, readSigningKey, type SigningKey, signBytes, unwrapKey, wrapKey } from './pin-vault.ts';
import type { Sharing } from './sharing.ts';

/** Why nobody was let in. A wait is counted while the app is open, by no clock. */
export type RefusedEntry =
  | { readonly tag: 'wrong'; readonly waitMs: number }
  | { readonly tag: 'wait'; readonly waitMs: number }
  | { readonly tag: 'no_signal' }
  | { readonly tag: 'not_shared' };

/** What the server says of a device. */
export type ToldSharing = { readonly isShared: boolean; readonly people: readonly ToldPerson[] };

/** The server, as far as a shared device asks it. */
export type SharingServer = {
  /** Null where it cannot be asked now. */
  ask(): Promise<ToldSharing | null>;
  enrol(wanted: {
    readonly badgeCode: string;
    readonly pin: string;
    readonly publicKey: Uint8Array;
  }): Promise<Result<ToldPerson, RefusedEntry>>;
};

/** A device on which people take turns. */
export type SharedDevice = {
  /** Those who can get in without signal, by name. */
  people(): Promise<readonly EnrolledPerson[]>;
  /** Null where the badge is none of those: the server may know it. */
  findByBadge(code: string): Promise<EnrolledPerson | null>;
  unlock(enrolmentId: string, pin: string): Promise<Result<void, RefusedEntry>>;
  /** For somebody who is here for the first time, or has another badge or PIN. Needs signal. */
  enrol(badgeCode: string, pin: string): Promise<Result<void, RefusedEntry>>;
  lock(): void;
  /** Hears from the server who may act here; who may not any more is out. Without signal nothing changes. */
  refresh(): Promise<void>;
  /** So much time has gone by with the app open. */
  passTime(ms: number): Promise<void>;
};

/** The badges of people begin like this, as no label of a thing does. */
const BADGE = /^EKB-[0-9A-Z]+$/;

export function isBadgeCode(text: string): boolean {
  return BADGE.test(readBadgeCode(text));
}

function readBadgeCode(text: string): string {
  return text.trim().toUpperCase();
}

export function createSharedDevice(ports: {
  readonly store: EnrolmentStore;
  readonly server: SharingServer;
  readonly sharing: WritableObservable<Sharing>;
  /** The person who signed the device in. */
  readonly owner: () => Session;
  readonly rounds?: number;
}): SharedDevice {
  const { store, server, sharing, owner, rounds } = ports;

  const change = (enrolmentId: string, to: Partial<EnrolledPerson>) =>
    store.change((people) =>
      people.map((person) => (person.enrolmentId === enrolmentId ? { ...person, ...to } : person)),
    );
  const letIn = (person: ToldPerson, key: SigningKey) => {
    sharing.set({
      isShared: true,
      acting: { session: sessionOf(person, owner()), prove: (content) => prove(person, key, content) },
    });
  };
  let enrolledCount = 0;
  const lock = () => {
    if (sharing.current().isShared) sharing.set({ isShared: true, acting: null });
  };
  return {
    people: store.read,
    async findByBadge(code) {
      const hash = await hashOfBadge(code);
      return (await store.read()).find(({ badgeHash }) => badgeHash === hash) ?? null;
    },

    async unlock(enrolmentId, pin) {
      const person = (await store.read()).find((one) => one.enrolmentId === enrolmentId);
      if (person === undefined) return err({ tag: 'wrong', waitMs: 0 });
      if (person.waitLeftMs > 0) return err({ tag: 'wait', waitMs: person.waitLeftMs });
      const wrongCount = person.wrongCount + 1;
      const waitMs = waitAfterWrongPins(wrongCount);
      // Before it is looked at: a try counts whatever becomes of the page meanwhile.
      await change(enrolmentId, { wrongCount, waitLeftMs: waitMs });
      const key = await unwrapKey(person.key, pin, await store.deviceKey());
      if (key === null) return err({ tag: 'wrong', waitMs });
      await change(enrolmentId, { wrongCount: 0, waitLeftMs: 0 });
      letIn(person, key);
      return ok(undefined);
    },

    async enrol(badgeCode, pin) {
      enrolledCount += 1;
      const { publicKey, privateKey } = await newPersonKey();
      const enrolled = await server.enrol({ badgeCode: readBadgeCode(badgeCode), pin, publicKey });
      if (!enrolled.ok) return enrolled;
      const person = enrolled.value;
      const key = await wrapKey(privateKey, pin, await store.deviceKey(), rounds);
      await store.change((people) => [
        ...people.filter(({ personId }) => personId !== person.personId),
        { ...person, key, wrongCount: 0, waitLeftMs: 0 },
      ]);
      enrolledCount += 1;
      letIn(person, await readSigningKey(privateKey));
      return ok(undefined);
    },

    lock,

    async refresh() {
      const countBefore = enrolledCount;
      const told = await server.ask();
      // What was asked before somebody was enrolled knows nothing of them.
      if (told === null || enrolledCount !== countBefore) return;
      const { isShared, people } = told;
      await store.change((known) =>
        known.flatMap((one) => {
          const now = people.find(({ enrolmentId }) => enrolmentId === one.enrolmentId);
          return now === undefined ? [] : [{ ...one, ...now }];
        }),
      );
      const { acting, isShared: wasShared } = sharing.current();
      if (!isShared) {
        if (wasShared) sharing.set({ isShared: false, acting: null });
        return;
      }
      const stillIn = people.find(({ personId }) => personId === acting?.session.userId);
      if (!wasShared || stillIn === undefined) sharing.set({ isShared: true, acting: null });
      else if (acting !== null)
        sharing.set({ isShared: true, acting: { ...acting, session: sessionOf(stillIn, owner()) } });
    },

    async passTime(ms) {
      if (!(await store.read()).some(({ waitLeftMs }) => waitLeftMs > 0)) return;
      await store.change((people) =>
        people.map((person) => ({ ...person, waitLeftMs: Math.max(0, person.waitLeftMs - ms) })),
      );
    },
  };
}

/** Of the company and device of the person who signed in. */
function sessionOf({ personId, name, role, permissions, locale }: ToldPerson, owner: Session): Session {
  return { ...owner, userId: personId, name, role, permissions, locale };
}

async function prove({ enrolmentId }: ToldPerson, key: SigningKey, content: Uint8Array): Promise<Uint8Array> {
  return withPersonProof(content, { enrolmentId, signature: await signBytes(key, content) });
}

async function hashOfBadge(code: string): Promise<string> {
  const bytes = new TextEncoder().encode(readBadgeCode(code));
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
