import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Change, GrantChange } from './subject.ts';

type Told = (change: Change | GrantChange) => Promise<void>;

/** Somebody at this address makes the change that is posted to it as JSON. */
export function changeByUrl(url: string): Told {
  return async (change) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`${url} answered ${response.status} to ${change.kind}`);
  };
}

/** A command makes the change that stands in its environment: CHANGE (the kind), ROWS and MARK. */
export function changeByCommand(command: string): Told {
  return async (change) => {
    await runCommand(command, {
      CHANGE: change.kind,
      ROWS: String(change.kind === 'touch' ? change.rows : 1),
      MARK: change.kind === 'nothing' ? '' : change.mark,
    });
  };
}

/** Runs a command of whoever started this, and answers what it printed. Throws unless it ends with 0. */
export async function runCommand(command: string, environment: Record<string, string>): Promise<string> {
  const child = spawn(command, {
    shell: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  return said.trim();
}
