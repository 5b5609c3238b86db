import { fromJson, toBinary } from '@bufbuild/protobuf';
import { OperationSchema } from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import type { Attack, AttackOptions } from '#attack/attack.ts';
import { drawMessage, type Filling, isIdField } from '#attack/draw-message.ts';
import { idFor, randomId } from '#attack/ids.ts';
import { seenOf } from '#attack/knowledge.ts';
import { findRpcs, type Rpc } from '#attack/rpcs.ts';
import { someOf } from '#attack/some-of.ts';
import { type Asked, call, faultOf } from '#attack/target.ts';
import type { RandomSource } from '#simulation/random-source.ts';

const AT_ONCE = 8;
const EACH_KIND = 3;
/** Of so many calls drawn, one more id for each field. */
const PER_FIELD = 20;

/**
 * Every field of every RPC that takes an id gets those of another company; then whole messages are drawn with theirs
 * and ours mixed. No answer may show a word of theirs, answer to their id otherwise than to one that nobody has, or
 * change a row of theirs.
 */
export const foreignIds: Attack = {
  name: "another company's ids",
  lacks: ({ foreign }) => (foreign.ids.size === 0 ? 'anything known of another company' : null),
  async run(options) {
    const { target, random, findings, callCount } = options;
    const before = await target.fingerprint?.();
    const rpcs = await findRpcs();
    // Reads first: who registers a device under an id of theirs has one of that id from then on.
    for (const rpc of rpcs.filter(({ isRead }) => isRead)) await eachIdField(options, rpc);
    for (const rpc of rpcs.filter(({ isRead }) => !isRead)) await eachIdField(options, rpc);
    const drawn = Array.from({ length: callCount }, (_, place) => ({
      rpc: rpcs[place % rpcs.length] as Rpc,
      random: random.fork(String(place)),
    }));
    await inParallel(drawn, async (each) => {
      const body = drawMessage(
        each.random,
        each.rpc.method.input,
        mixedFilling(options, each.random, each.rpc.isRead),
      );
      judge(options, each.rpc, body, await send(options, each.rpc, body));
    });
    if ((await target.fingerprint?.()) !== before)
      findings.breach(
        `the calls of this attack, by the seed that was printed`,
        'rows of the other company have changed',
      );
  },
};

/** The same call with an id of theirs and one that nobody has: not to be told apart. */
async function eachIdField(options: AttackOptions, rpc: Rpc): Promise<void> {
  const { target, findings, random, callCount } = options;
  const fields = rpc.method.input.fields.filter(isIdField);
  for (const field of fields) {
    const isList = field.fieldKind === 'list';
    const kinds = [...target.foreign.idsByKind.values()];
    const some = kinds.flatMap((known) => known.slice(0, EACH_KIND));
    const ids = someOf(random, some, callCount / PER_FIELD);
    for (const id of ids) {
      const base = drawMessage(
        random.fork(`${rpc.name}/${field.name}`),
        rpc.method.input,
        ownFilling(options, random),
      );
      const bodyWith = (value: string) => ({ ...base, [field.jsonName]: isList ? [value] : value });
      const absent = randomId(random);
      const theirs = await send(options, rpc, bodyWith(id));
      judge(options, rpc, bodyWith(id), theirs);
      // What writes may make a row of one's own of any id; that theirs stay as they are, the rows themselves say.
      if (!rpc.isRead) continue;
      const nobodys = await send(options, rpc, bodyWith(absent));
      const same =
        nobodys.status === theirs.status && withoutId(nobodys.text, absent) === withoutId(theirs.text, id);
      if (!same)
        findings.breach(
          requestOf(rpc, bodyWith(id)),
          `answers otherwise than to an id of nobody: ${theirs.text.slice(0, 200)}`,
        );
    }
  }
}

function judge({ target, findings }: AttackOptions, rpc: Rpc, body: unknown, answer: Asked): void {
  findings.tried();
  const request = requestOf(rpc, body);
  const seen = seenOf(target.foreign, `${answer.text}\n${[...answer.headers.values()].join('\n')}`, request);
  if (seen !== null) findings.breach(request, `shows ${seen}`);
  const fault = faultOf(answer);
  if (fault !== null) findings.breach(request, fault);
}

function send({ target }: AttackOptions, rpc: Rpc, body: unknown): Promise<Asked> {
  return call(target, rpc.name, { token: target.admin.token, body });
}

function requestOf(rpc: Rpc, body: unknown): string {
  return `${rpc.name} ${JSON.stringify(body)}`;
}

function withoutId(text: string, id: string): string {
  return text.replaceAll(id, '<id>');
}

function ownFilling({ target }: AttackOptions, random: RandomSource): Filling {
  return {
    id: (field) => idFor(random, target.own, field),
    text: () => undefined,
    bytes: () => new Uint8Array([1]),
  };
}

/** Theirs mostly; ours and nobody's among them, so that a call comes further than its first look. */
function mixedFilling({ target }: AttackOptions, random: RandomSource, isRead: boolean): Filling {
  const filling: Filling = {
    id: (field) =>
      random.chance(0.6)
        ? idFor(random, target.foreign, field)
        : random.chance(0.7)
          ? idFor(random, target.own, field)
          : randomId(random),
    text: (field) =>
      isRead && random.chance(0.3) && !/permission|locale|mail/.test(field)
        ? random.pick(target.foreign.canaries)
        : undefined,
    bytes: () => envelopeOf(random, filling),
  };
  return filling;
}

/** The bytes of an operation; some that are none, where what was drawn cannot be written. */
function envelopeOf(random: RandomSource, filling: Filling): Uint8Array {
  const plain = { ...filling, bytes: () => new Uint8Array(32) };
  try {
    return toBinary(OperationSchema, fromJson(OperationSchema, drawMessage(random, OperationSchema, plain)));
  } catch {
    return new Uint8Array([8, 1]);
  }
}

async function inParallel<T>(all: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const each of waiting) await work(each);
    }),
  );
}
