// What only the registry can tell of the packages in the lockfile: how old each was when it was taken, whether it is
// vouched for as its predecessors were (pnpm-workspace.yaml), and whether its signature is good. Needs the network.
import { runLive, type Step } from './run-steps.ts';

const pnpm = 'scripts/bootstrap/node_modules/pnpm/bin/pnpm.mjs';
const steps: readonly Step[] = [
  {
    name: 'age and provenance of each version',
    command: [
      'node',
      pnpm,
      'install',
      '--frozen-lockfile',
      '--lockfile-only',
      '--config.trustLockfile=false',
    ],
  },
  // A registry without signing keys (a mirror, mostly) has nothing to check; pnpm says so, and that is no failure.
  { name: 'signatures', command: ['node', pnpm, 'audit', 'signatures'] },
];
const broken: string[] = [];
for (const step of steps) {
  const { ok } = await runLive(step);
  if (!ok) broken.push(step.name);
}
console.log(broken.length === 0 ? 'supply chain: all well' : `supply chain: failed: ${broken.join(', ')}`);
process.exitCode = broken.length === 0 ? 0 : 1;
