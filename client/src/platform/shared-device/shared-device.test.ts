import { createPublicKey, verify } from 'node:crypto';
import { readPersonProof } from '@eventkit/proto/person-proof.ts';
import { hexOf } from '@eventkit/shared/kernel/hex.ts';
import type { TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { createObservable } from '#platform/live/observable.ts';
import type { Session } from '#platform/session/session.ts';
import type { EnrolledPerson, EnrolmentStore, ToldPerson } from './enrolled-person.ts';
import { newDeviceKey } from './pin-vault.ts';
import { createSharedDevice, isBadgeCode, type RefusedEntry, type ToldSharing } from './shared-device.ts';
import { createSharing, sessionOfUser } from './sharing.ts';

const owner: Session = {
  userId: 'dock' as UserId,
  tenantId: 't1' as TenantId,
  tenantName: 'Nordlicht',
  name: 'Dock',
  email: 'dock@nordlicht.example',
  role: 'warehouse',
  permissions: ['scanning:read', 'scanning:write'],
  locale: 'de',
  timeZone: 'Europe/Vienna',
  isRemembered: false,
};
const BADGES: Readonly<Record<string, string>> = { 'EKB-JANA': 'jana', 'EKB-PAUL': 'paul' };
const PIN = '274913';

let told: ToldSharing | null;
let refusal: RefusedEntry | null;
/** Where the server takes its time to answer. */
let asked: Promise<ToldSharing | null> | null;
let publicKeys: Map<string, Uint8Array>;
let kept: Map<string, string>;
let store: EnrolmentStore;
let lastEnrolment: number;
beforeEach(async () => {
  told = { isShared: true, people: [] };
  refusal = null;
  asked = null;
  publicKeys = new Map();
  kept = new Map([['eventkit.shared.t1', '1']]);
  lastEnrolment = 0;
  let people: readonly EnrolledPerson[] = [];
  const key = await newDeviceKey();
  store = {
    deviceKey: async () => key,
    read: async () => people,
    async change(to) {
      people = to(people);
    },
  };
});

async function toldOf(code: string): Promise<ToldPerson> {
  const name = BADGES[code] ?? code;
  lastEnrolment += 1;
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code));
  return {
    enrolmentId: `01a00000-0000-7000-8000-00000000000${lastEnrolment}`,
    personId: name as UserId,
    name,
    role: 'warehouse',
    permissions: ['scanning:write'],
    locale: 'en',
    badgeHash: hexOf(new Uint8Array(hash)),
  };
}

/** The app as it opens: with what is kept, and nobody at it. */
function open() {
  const texts = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
  const sharing = createSharing(texts, owner.tenantId);
  const session = sessionOfUser(createObservable(owner), sharing);
  const device = createSharedDevice({
    store,
    sharing,
    owner: () => owner,
    rounds: 10,
    server: {
      ask: async () => asked ?? told,
      async enrol({ badgeCode, publicKey }) {
        if (refusal !== null) return err(refusal);
        const person = await toldOf(badgeCode);
        publicKeys.set(person.enrolmentId, publicKey);
        told = { isShared: true, people: [...(told?.people ?? []), person] };
        return ok(person);
      },
    },
  });
  return { device, sharing, session };
}

/** With Jana and Paul enrolled, locked again. */
async function openWithTwo() {
  const opened = open();
  await opened.device.enrol('EKB-JANA', PIN);
  await opened.device.enrol('EKB-PAUL', '1234');
  opened.device.lock();
  return {
    ...opened,
    jana: (await store.read())[0] as EnrolledPerson,
    paul: (await store.read())[1] as EnrolledPerson,
  };
}

describe('a shared device', () => {
  it('opens locked, and remembers that it is shared', async () => {
    expect(open().sharing.current()).toEqual({ isShared: true, acting: null });
    kept.clear();
    const { device, sharing } = open();
    expect(sharing.current().isShared).toBe(false);
    await device.refresh();
    expect(sharing.current()).toEqual({ isShared: true, acting: null });
    expect(open().sharing.current().isShared).toBe(true);
  });

  it('changes hands by badge and PIN, without the server', async () => {
    const { device, session } = await openWithTwo();
    told = null;
    expect(session.current().name).toBe('Dock');
    const jana = await device.findByBadge(' ekb-jana ');
    expect(await device.unlock(jana?.enrolmentId ?? '', PIN)).toEqual(ok(undefined));
    expect(session.current()).toMatchObject({
      userId: 'jana',
      name: 'jana',
      permissions: ['scanning:write'],
    });
    device.lock();
    const paul = await device.findByBadge('EKB-PAUL');
    expect(await device.unlock(paul?.enrolmentId ?? '', '1234')).toEqual(ok(undefined));
    expect(session.current().userId).toBe('paul');
  });

  it('proves who it was by a key that the server knows', async () => {
    const { device, sharing, jana } = await openWithTwo();
    await device.unlock(jana.enrolmentId, PIN);
    const content = new Uint8Array([1, 2, 3]);
    const proven = readPersonProof((await sharing.current().acting?.prove(content)) ?? content);
    expect(proven).toMatchObject({ enrolmentId: jana.enrolmentId, content });
    const point = publicKeys.get(jana.enrolmentId) ?? new Uint8Array();
    const part = (from: number) => Buffer.from(point.subarray(from, from + 32)).toString('base64url');
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) }, format: 'jwk' });
    const isValid = verify(
      'sha256',
      content,
      { key, dsaEncoding: 'ieee-p1363' },
      proven?.signature ?? content,
    );
    expect(isValid).toBe(true);
  });

  it('keeps neither a PIN nor a key that can be used without one', async () => {
    const { device } = await openWithTwo();
    await device.unlock((await store.read())[0]?.enrolmentId ?? '', PIN);
    const text = JSON.stringify([...(await store.read()), ...kept.values()]);
    expect(text).not.toContain(PIN);
    await expect(crypto.subtle.exportKey('raw', await store.deviceKey())).rejects.toThrow();
  });

  it('makes who guesses wait, over a reload, and no longer once they knew it', async () => {
    const { jana } = await openWithTwo();
    const waits: unknown[] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      const answer = await open().device.unlock(jana.enrolmentId, '000000');
      waits.push(answer.ok ? null : 'waitMs' in answer.error && answer.error.waitMs);
      if (tries === 3) break;
      await open().device.passTime(tries === 2 ? 29_999 : 0);
    }
    expect(waits).toEqual([0, 0, 30_000, 1]);
    const { device } = open();
    expect(await device.unlock(jana.enrolmentId, PIN)).toEqual(err({ tag: 'wait', waitMs: 1 }));
    await device.passTime(1);
    expect(await device.unlock(jana.enrolmentId, PIN)).toEqual(ok(undefined));
    expect((await store.read())[0]).toMatchObject({ wrongCount: 0, waitLeftMs: 0 });
  });

  it('counts a try before it looks at it', async () => {
    const { jana, device } = await openWithTwo();
    const trying = device.unlock(jana.enrolmentId, '000000');
    const key = store.deviceKey;
    let countAtLook = -1;
    store.deviceKey = async () => {
      countAtLook = (await store.read())[0]?.wrongCount ?? -1;
      return key();
    };
    await trying;
    expect(countAtLook).toBe(1);
  });

  it('lets nobody in any more whom the server does not name at the next contact, and throws them out', async () => {
    const { device, sharing, jana } = await openWithTwo();
    await device.unlock(jana.enrolmentId, PIN);
    told = { isShared: true, people: told?.people.filter(({ name }) => name !== 'jana') ?? [] };
    await device.refresh();
    expect(sharing.current().acting).toBeNull();
    expect(await device.findByBadge('EKB-JANA')).toBeNull();
    expect(await device.unlock(jana.enrolmentId, PIN)).toEqual(err({ tag: 'wrong', waitMs: 0 }));
    expect(await device.findByBadge('EKB-PAUL')).not.toBeNull();
  });

  it('lets who is at it go on with what they may do now', async () => {
    const { device, session, jana } = await openWithTwo();
    await device.unlock(jana.enrolmentId, PIN);
    told = { isShared: true, people: told?.people.map((one) => ({ ...one, permissions: [] })) ?? [] };
    await device.refresh();
    expect(session.current()).toMatchObject({ userId: 'jana', permissions: [] });
    told = null;
    await device.refresh();
    expect(session.current().userId).toBe('jana');
  });

  it('is its owner’s alone once it is not shared any more', async () => {
    const { device, sharing, session } = await openWithTwo();
    told = { isShared: false, people: [] };
    await device.refresh();
    expect(sharing.current()).toEqual({ isShared: false, acting: null });
    expect(session.current().userId).toBe('dock');
    expect(await store.read()).toEqual([]);
    expect(open().sharing.current().isShared).toBe(false);
  });

  it('does not throw out who was enrolled while it asked', async () => {
    const { device, session } = open();
    const before = told;
    let answer: (told: ToldSharing | null) => void = () => undefined;
    asked = new Promise((resolve) => {
      answer = resolve;
    });
    const refreshing = device.refresh();
    await device.enrol('EKB-JANA', PIN);
    answer(before);
    await refreshing;
    expect(session.current().userId).toBe('jana');
    expect(await device.findByBadge('EKB-JANA')).not.toBeNull();
  });

  it('takes nobody on whom the server refuses', async () => {
    refusal = { tag: 'no_signal' };
    const { device, sharing } = open();
    expect(await device.enrol('EKB-JANA', PIN)).toEqual(err(refusal));
    expect(sharing.current().acting).toBeNull();
    expect(await store.read()).toEqual([]);
  });
});

it('knows a badge from the label of a thing', () => {
  expect(isBadgeCode('EKB-0123456789ABCDEFGHJKMNPQRS')).toBe(true);
  expect(isBadgeCode(' ekb-a1 ')).toBe(true);
  for (const code of ['A-1', 'EKB', 'XEKB-1', 'EKB-1 2']) expect(isBadgeCode(code)).toBe(false);
});
