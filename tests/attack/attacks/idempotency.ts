import type { Attack } from '#attack/attack.ts';
import { randomId } from '#attack/ids.ts';
import { call } from '#attack/target.ts';

/** The key of somebody else's write must answer nothing of it, to a colleague as little as to another company. */
export const replayedKeys: Attack = {
  name: "replays of others' idempotency keys",
  lacks: ({ foreigner, colleague }) => (foreigner === null && colleague === null ? 'a second person' : null),
  async run({ target, random, findings }) {
    for (let round = 0; round < 20; round += 1) {
      const key = randomId(random);
      const body = { name: `attack ${key}`, permissions: ['inventory:read'] };
      const send = (token: string, idempotencyKey = key) =>
        call(target, 'eventkit.v1.RoleService/CreateRole', {
          token,
          body,
          headers: { 'idempotency-key': idempotencyKey },
        });
      const first = await send(target.admin.token);
      if (first.status !== 200) throw new Error(`the write itself failed: ${first.status} ${first.text}`);
      const again = await send(target.admin.token);
      if (again.headers.get('idempotency-replayed') !== 'true')
        findings.breach(`CreateRole again with ${key}`, `ran twice: ${again.status} ${again.text}`);
      for (const person of [target.foreigner, target.colleague]) {
        if (person === null) continue;
        findings.tried();
        const { headers, text, status } = await send(person.token);
        if (headers.get('idempotency-replayed') === 'true' || (status === 200 && text === first.text))
          findings.breach(`CreateRole with the key ${key} of somebody else`, `answered as to them: ${text}`);
      }
    }
    for (const key of ["' OR 1=1 --", 'a'.repeat(300), 'a b', '%00', '{}', '<x>']) {
      findings.tried();
      const { status, text } = await call(target, 'eventkit.v1.RoleService/CreateRole', {
        token: target.admin.token,
        body: { name: `attack ${randomId(random)}` },
        headers: { 'idempotency-key': key },
      });
      if (status !== 400) findings.breach(`CreateRole with the key ${key.slice(0, 50)}`, `${status} ${text}`);
    }
  },
};
