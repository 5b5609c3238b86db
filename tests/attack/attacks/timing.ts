import type { DescField } from '@bufbuild/protobuf';
import type { Attack } from '#attack/attack.ts';
import { compareTimes } from '#attack/compare-times.ts';
import { drawMessage, isIdField } from '#attack/draw-message.ts';
import { idFor, randomId } from '#attack/ids.ts';
import { findRpcs } from '#attack/rpcs.ts';
import { call } from '#attack/target.ts';

const SAMPLES = 1000;

/** Whether the time of an answer tells an id of another company from one that nobody has. */
export const timing: Attack = {
  name: 'timing of absent and foreign ids',
  lacks: ({ foreign }) => (foreign.ids.size === 0 ? 'anything known of another company' : null),
  async run({ target, random, findings, callCount }) {
    const samples = Math.min(SAMPLES, callCount);
    const reads = (await findRpcs()).filter(({ isRead }) => isRead);
    for (const { name, method } of reads) {
      for (const field of method.input.fields.filter(
        (each) => isIdField(each) && each.fieldKind !== 'list',
      )) {
        const bodyWith = (id: string) => ({
          ...drawMessage(random.fork(name), method.input, {
            id: () => id,
            text: () => undefined,
            bytes: () => new Uint8Array([1]),
          }),
          ...onlyOf(field, id),
        });
        const measure = async (id: string) =>
          (await call(target, name, { token: target.admin.token, body: bodyWith(id) })).ms;
        const look = async () => {
          const absent: number[] = [];
          const foreign: number[] = [];
          for (let sample = 0; sample < samples; sample += 1) {
            const [one, other] = [randomId(random), idFor(random, target.foreign, field.name)];
            // Which comes first is drawn: what the first call warms must not help one side.
            if (random.chance(0.5)) {
              absent.push(await measure(one));
              foreign.push(await measure(other));
            } else {
              foreign.push(await measure(other));
              absent.push(await measure(one));
            }
          }
          return compareTimes(absent, foreign);
        };
        findings.tried(samples * 2);
        const first = await look();
        if (!first.isTold) continue;
        // One in some thousand looks is significant by chance; two in the same direction are not.
        findings.tried(samples * 2);
        const second = await look();
        if (second.isTold && Math.sign(second.z) === Math.sign(first.z))
          findings.breach(
            `${name} by ${field.name}`,
            `the time tells them apart: medians differ by ${second.medianMs.toFixed(3)} ms (z = ${second.z.toFixed(1)}, before ${first.z.toFixed(1)})`,
          );
      }
    }
  },
};

function onlyOf(field: DescField, id: string): Record<string, string> {
  return { [field.jsonName]: id };
}
