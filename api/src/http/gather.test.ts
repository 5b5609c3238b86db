import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gather } from './gather.ts';

/** Questions that are answered only when the test says so. */
function held() {
  const questions: { readonly keys: readonly number[]; readonly end: PromiseWithResolvers<void> }[] = [];
  const ask = async (keys: readonly number[]) => {
    const end = Promise.withResolvers<void>();
    questions.push({ keys, end });
    await end.promise;
    return keys.map((key) => key * 10);
  };
  return { questions, ask };
}

test('the first asks at once, who comes meanwhile asks together', async () => {
  const { questions, ask } = held();
  const find = gather(ask, 10);
  const answers = [find(1), find(2), find(3)];
  expect(questions.map(({ keys }) => keys)).toEqual([[1]]);
  questions[0]?.end.resolve();
  expect(await answers[0]).toBe(10);
  expect(questions.map(({ keys }) => keys)).toEqual([[1], [2, 3]]);
  questions[1]?.end.resolve();
  expect(await Promise.all(answers)).toEqual([10, 20, 30]);
});

test('a question that fails fails for its own keys only', async () => {
  const { questions, ask } = held();
  const find = gather(ask, 10);
  const first = find(1);
  const second = find(2);
  questions[0]?.end.reject(new Error('away'));
  await expect(first).rejects.toThrow('away');
  questions[1]?.end.resolve();
  expect(await second).toBe(20);
});

test('everybody gets their own answer, of a question that was put after they asked, however they come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(50), { minLength: 1 }),
      fc.integer({ min: 1, max: 5 }),
      async (keys, most) => {
        let now = 0;
        const find = gather(async (asked: readonly number[]) => {
          expect(asked.length).toBeLessThanOrEqual(most);
          const askedAt = now;
          await Promise.resolve();
          return asked.map((key) => ({ key, askedAt }));
        }, most);
        await Promise.all(
          keys.map(async (key, place) => {
            for (let turn = 0; turn < place % 4; turn += 1) await Promise.resolve();
            now += 1;
            const cameAt = now;
            const answer = await find(key);
            expect(answer.key).toBe(key);
            expect(answer.askedAt).toBeGreaterThanOrEqual(cameAt);
          }),
        );
      },
    ),
  );
});
