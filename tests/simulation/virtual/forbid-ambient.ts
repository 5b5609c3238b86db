/**
 * From now on, whatever in this thread asks for the machine's time, its timers or its chance instead of the simulated
 * ones throws: a run would no longer follow from its seed alone.
 */
export function forbidAmbient(): void {
  const forbid = (holder: object, name: string) => {
    Object.defineProperty(holder, name, {
      value: () => {
        throw new Error(`${name} was asked for in a simulation`);
      },
    });
  };
  forbid(Date, 'now');
  forbid(Math, 'random');
  forbid(performance, 'now');
  forbid(crypto, 'getRandomValues');
  forbid(crypto, 'randomUUID');
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch']) forbid(globalThis, name);
}
