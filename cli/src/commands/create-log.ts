import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, type LoggerOptions, pino } from 'pino';
import type { Config } from '#config.ts';
import { createErrorReporter, type ErrorReporter } from '#error-reports/error-reporter.ts';
import { repositoryRoot } from '#repository-root.ts';
import { systemClock } from '#system-clock.ts';

/** `flush` resolves when all that was said is where it belongs. */
export type Log = { readonly logger: Logger; flush(): Promise<void> };

type Settings = Pick<Config, 'logLevel' | 'dataDir' | 'errorReports'>;

/** JSON lines on stdout, for a supervisor to collect. */
export function createStdoutLog(settings: Settings): Log {
  const reporter = reporterOf(settings, (problem) => logger.warn(problem));
  const logger = pino(optionsOf(settings, reporter));
  return { logger, flush: async () => reporter?.flush() };
}

/** JSON lines in `eventkit.log` of the data folder, where the terminal belongs to a report for people. */
export function createFileLog(settings: Settings): Log & { readonly file: string } {
  mkdirSync(settings.dataDir, { recursive: true });
  const file = join(settings.dataDir, 'eventkit.log');
  const destination = pino.destination({ dest: file, sync: true });
  const reporter = reporterOf(settings, (problem) => logger.warn(problem));
  const logger = pino(optionsOf(settings, reporter), destination);
  return {
    logger,
    file,
    async flush() {
      await reporter?.flush();
      destination.flushSync();
    },
  };
}

function reporterOf({ errorReports }: Settings, onProblem: (problem: string) => void): ErrorReporter | null {
  if (errorReports === null) return null;
  return createErrorReporter({
    ...errorReports,
    root: repositoryRoot,
    clock: systemClock,
    fetch: globalThis.fetch,
    onProblem,
  });
}

const { error: ERROR = 50 } = pino.levels.values;

/** Every line of level error or above is reported, whichever part of the system wrote it. */
function optionsOf({ logLevel: level }: Settings, reporter: ErrorReporter | null): LoggerOptions {
  if (reporter === null) return { level };
  return {
    level,
    hooks: {
      logMethod(args, method, lineLevel) {
        if (lineLevel >= ERROR) reporter.report(lineOf(args));
        method.apply(this, args);
      },
    },
  };
}

function lineOf([first, second]: readonly unknown[]): Parameters<ErrorReporter['report']>[0] {
  if (first instanceof Error) return { message: String(second ?? first.message), fields: { err: first } };
  if (typeof first !== 'object' || first === null) return { message: String(first), fields: {} };
  return { message: String(second ?? 'an error'), fields: { ...first } };
}
