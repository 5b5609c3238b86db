import { defineConfig } from 'vitest/config';

const everywhere = [
  'shared',
  'proto',
  'database',
  'sync-server',
  'api',
  'client',
  'cli',
  'tests',
  'bench',
  'scripts',
];
const files = (pattern: string) => everywhere.map((folder) => `${folder}/**/${pattern}`);

export default defineConfig({
  test: {
    sequence: { shuffle: true },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: files('*.test.ts'),
          exclude: ['**/node_modules/**', '**/*.int.test.ts', '**/*.sim.test.ts'],
          // Property tests of a second or two, on a machine that does other things as well.
          testTimeout: 30_000,
          // Pure code shares its modules between files: loading them anew for each was two thirds of the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: files('*.int.test.ts'),
          exclude: ['**/node_modules/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // As above: half of the processor time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          include: ['tests/simulation/**/*.sim.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
