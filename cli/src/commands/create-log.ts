import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { LogLevel } from '#config.ts';

export type Log = { readonly logger: Logger; flush(): void };

/** JSON lines on stdout, for a supervisor to collect. */
export function createStdoutLog(level: LogLevel): Log {
  return { logger: pino({ level }), flush: () => undefined };
}

/** JSON lines in `eventkit.log` of the data folder, where the terminal belongs to a report for people. */
export function createFileLog(level: LogLevel, dataDir: string): Log & { readonly file: string } {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'eventkit.log');
  const destination = pino.destination({ dest: file, sync: true });
  return { logger: pino({ level }, destination), file, flush: () => destination.flushSync() };
}
