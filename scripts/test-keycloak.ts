// Sign-in against a real Keycloak. Not part of `npm test`: it brings 170 MB once, and needs Java and a gigabyte of memory.
import { bringChromium } from './find-chromium.ts';
import { runLive } from './run-steps.ts';

process.env['CHROMIUM'] = bringChromium();
const steps = [
  { name: 'build the app', command: ['vite', 'build'] },
  {
    name: 'sign-in by Keycloak',
    command: ['playwright', 'test', '--config', 'playwright.keycloak.config.ts', '--reporter=list'],
  },
] as const;
for (const step of steps) {
  if (process.exitCode === undefined && !(await runLive(step)).ok) process.exitCode = 1;
}
