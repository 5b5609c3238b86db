import { request } from 'node:http';
import type { Attack } from '#attack/attack.ts';
import { seenOf } from '#attack/knowledge.ts';
import { ask, type Target } from '#attack/target.ts';

const READ_FOR_MS = 8000;

/** Streams of one person or device. */
const OWN = ['own_operations', 'own_layouts', 'own_notifications'];

/** Streams that name another company in every place where a client can name something. */
export const foreignStreams: Attack = {
  name: 'sync streams of another company',
  lacks: ({ syncToken }) => (syncToken === null ? 'the sync stream' : null),
  async run({ target, random, findings }) {
    if (target.syncToken === null) return;
    const ids = target.foreign.idsByKind;
    const tenants = ids.get('tenant') ?? [...target.foreign.ids].slice(0, 1);
    const some = (kind: string) => (ids.get(kind) ?? []).slice(0, 2);
    const parameters = (id: string) => ({
      tenant_id: id,
      event_id: id,
      user_id: id,
      device_id: id,
      sub: id,
      permissions: ['inventory:read'],
      id,
      location_id: id,
    });
    const bodies = [
      ...tenants,
      ...some('event'),
      ...some('device'),
      ...some('person'),
      ...some('location'),
    ].flatMap((id) => [
      { parameters: parameters(id) },
      {
        parameters: parameters(id),
        buckets: [...OWN, 'codes', 'plans', 'people', 'stock'].map((name) => ({
          name: `${name}["${id}"]`,
          after: '0',
        })),
      },
      {
        streams: {
          subscriptions: [...OWN, 'codes', 'plans', 'people', 'stock', 'event'].map((stream) => ({
            stream,
            parameters: parameters(id),
          })),
        },
      },
      { client_id: id, app_metadata: parameters(id) },
      { tenant_id: id, token: id, claims: parameters(id) },
    ]);
    let rows = 0;
    for (const body of bodies) {
      findings.tried();
      const text = await readStream(
        target,
        await target.syncToken(),
        JSON.stringify({ raw_data: true, include_checksum: true, ...body }),
      );
      rows += text.includes('"checkpoint') ? 1 : 0;
      const seen = seenOf(target.foreign, text, '');
      // What was asked for may be told back as unknown; a row is something else.
      if (seen !== null && !isEcho(seen, text, body))
        findings.breach(`POST /sync/stream ${JSON.stringify(body)}`, `shows ${seen}`);
    }
    if (rows === 0) throw new Error('no stream of these told anything');
    for (const token of [target.admin.token, 'x', `${await target.syncToken()}x`, random.pick(tenants)]) {
      findings.tried();
      const { status } = await ask(`${target.url}/sync/stream`, {
        method: 'POST',
        headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
        body: '{}',
      });
      if (status !== 401) findings.breach(`POST /sync/stream with the token ${token}`, `${status}`);
    }
    findings.tried();
    const { status, text } = await ask(`${target.url}/sync/streams`, {
      headers: { 'x-forwarded-for': '203.0.113.1', authorization: `Bearer ${target.admin.token}` },
    });
    if (status === 200) findings.breach('GET /sync/streams by a stranger', text.slice(0, 200));
  },
};

/** Whether what was seen stands in the names of buckets and complaints only, as it was asked for. */
function isEcho(seen: string, text: string, body: unknown): boolean {
  const asked = JSON.stringify(body);
  const words = /the id (\S+)|"(.+)" of/.exec(seen);
  const word = words?.[1] ?? words?.[2] ?? '';
  const data = text.split('\n').filter((line) => line.includes('"data"'));
  return asked.includes(word) && !data.some((line) => line.includes(word));
}

/** What a stream tells until it is complete. */
function readStream({ url }: Target, token: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const outgoing = request(`${url}/sync/stream`, {
      method: 'POST',
      headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
      timeout: READ_FOR_MS,
    });
    const end = () => {
      outgoing.destroy();
      resolve(text);
    };
    outgoing.on('timeout', end).on('error', (error) => (text === '' ? reject(error) : resolve(text)));
    outgoing.on('response', (response) => {
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.includes('"checkpoint_complete"')) end();
      });
      response.on('end', end).on('error', end);
    });
    outgoing.end(body);
  });
}
