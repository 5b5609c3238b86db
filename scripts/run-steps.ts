import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A command of the project's own tools, run in the project's root. */
export type Step = { readonly name: string; readonly command: readonly [string, ...string[]] };

export type StepResult = {
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly output: string;
};

const root = join(import.meta.dirname, '..');

/**
 * Runs steps, at most `atOnce` at a time, and prints each when it has ended: one line when it went well, all of its
 * output when it did not. Never throws for a failing step; the results say it.
 */
export async function runSteps(steps: readonly Step[], atOnce: number): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const result = await runStep(step);
      results.push(result);
      const seconds = (result.ms / 1000).toFixed(1);
      console.log(
        result.ok
          ? `ok      ${result.name} (${seconds} s)`
          : `FAILED  ${result.name} (${seconds} s)\n${result.output}`,
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** The same with the terminal handed through, for long steps whose progress people want to see. */
export function runLive(step: Step): Promise<StepResult> {
  console.log(`\n--- ${step.name}`);
  return runStep(step, process.stdout);
}

function runStep(step: Step, live?: NodeJS.WritableStream): Promise<StepResult> {
  const [file, ...args] = step.command;
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      live?.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const end = (ok: boolean) => resolve({ name: step.name, ok, ms: performance.now() - startedAt, output });
    child.on('error', (error) => {
      output += String(error);
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}
