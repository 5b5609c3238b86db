import { join } from 'node:path';
import { type Config, isThisMachine } from '#config.ts';
import { repositoryRoot } from '#repository-root.ts';
import { buildClient } from '#stack/build-client.ts';
import { type Stack, startStack } from '#stack/start-stack.ts';
import { systemClock } from '#system-clock.ts';
import { createFileLog } from './create-log.ts';
import { runUntilTold } from './run-until-told.ts';
import { seedWhenEmpty } from './seed-when-empty.ts';
import { stepPrinter } from './step-printer.ts';

/** Builds the app where needed, serves it, and tells a person what there is to see. */
export async function start(config: Config): Promise<void> {
  const log = createFileLog(config);
  const onStep = stepPrinter(systemClock);
  const building = buildClient(repositoryRoot).then((wasBuilt) => {
    onStep(wasBuilt ? 'App built' : 'App is built already');
  });
  // Started first as it takes longest; a failure is looked at once the port and the database are known to be fine.
  building.catch(() => undefined);
  const stack = await startStack(
    {
      clock: systemClock,
      log: log.logger,
      onStep,
      seed: (ownerUrl) => seedWhenEmpty(systemClock, ownerUrl, config.assetCount),
      beforeServing: () => building,
    },
    { ...config, clientFolder: join(repositoryRoot, 'client/dist') },
  );
  console.log(report(stack, config, log.file));
  await runUntilTold(async () => {
    console.log('\nStopping …');
    await stack.stop();
    await log.flush();
    console.log('Stopped. Everything is kept; start again whenever you like.');
  });
}

function report({ url, accounts }: Stack, config: Config, logFile: string): string {
  const width = Math.max(...accounts.map(({ name }) => name.length), 0);
  const mailWidth = Math.max(...accounts.map(({ email }) => email.length), 0);
  const people = accounts.map(
    ({ name, email, role, company }) =>
      `    ${name.padEnd(width)}  ${email.padEnd(mailWidth)}  ${role.padEnd(9)}  ${company}`,
  );
  const isOpen = accounts.length > 0 && !['127.0.0.1', 'localhost', '::1'].includes(config.host);
  return [
    '',
    `  EventKit is ready:  ${url}`,
    '',
    ...(people.length === 0 ? [] : ['  Sign in as one of these, no password needed:', ...people, '']),
    '  Three things to try',
    '    1. Open an event, tap Scan, and type or scan a label.',
    '    2. Cut the network (F12 › Network › Offline), go on scanning, watch the queue; then go back online.',
    '    3. Sign in as somebody else in a private window, and scan the same asset to another event.',
    '',
    ...(isOpen ? ['  Note: everybody who reaches this address can sign in as any of these people.', ''] : []),
    ...(isSecureContext(url) ? [] : ['  Note: cameras and working offline need https or localhost.', '']),
    `  Log: ${logFile}    Stop: Ctrl-C`,
    '',
  ].join('\n');
}

function isSecureContext(url: string): boolean {
  return url.startsWith('https:') || isThisMachine(new URL(url));
}
