/**
 * Asks for many keys at once: those that come while an earlier question is under way go into the next one. Nobody gets an
 * answer to a question that was put before they asked.
 */
export function gather<Key, Answer>(
  /** Answers in the order of the keys. */
  ask: (keys: readonly Key[]) => Promise<readonly Answer[]>,
  mostAtOnce: number,
): (key: Key) => Promise<Answer> {
  type Waiting = { readonly key: Key } & Pick<PromiseWithResolvers<Answer>, 'resolve' | 'reject'>;
  const waiting: Waiting[] = [];
  let isAsking = false;
  return (key) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    waiting.push({ key, resolve, reject });
    if (!isAsking) void askAll();
    return promise;
  };

  async function askAll(): Promise<void> {
    isAsking = true;
    while (waiting.length > 0) {
      const asked = waiting.splice(0, mostAtOnce);
      try {
        const answers = await ask(asked.map(({ key }) => key));
        if (answers.length !== asked.length) throw new Error('not one answer for each key');
        for (const [place, answer] of answers.entries()) asked[place]?.resolve(answer);
      } catch (thrown) {
        for (const { reject } of asked) reject(thrown);
      }
    }
    isAsking = false;
  }
}
