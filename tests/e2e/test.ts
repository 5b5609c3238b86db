import { test as base } from '@playwright/test';

/**
 * A test whose contexts end with it. An app that is left open goes on working, and a few of them make every test after
 * it slow.
 */
export const test = base.extend<{ endsItsContexts: undefined }>({
  endsItsContexts: [
    async ({ browser }, use) => {
      const before = new Set(browser.contexts());
      await use(undefined);
      const own = browser.contexts().filter((context) => !before.has(context));
      await Promise.all(own.map((context) => context.close()));
    },
    { auto: true },
  ],
});
