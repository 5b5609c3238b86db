import { CliError } from './cli-error.ts';
import { runMigrations } from './commands/migrate.ts';
import { seed } from './commands/seed.ts';
import { serve } from './commands/serve.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';
import { token } from './commands/token.ts';
import { type Config, readConfig } from './config.ts';
import { type Arguments, HELP, parseArguments } from './parse-arguments.ts';
import { repositoryRoot } from './repository-root.ts';

try {
  await main(process.argv.slice(2));
  // Nothing of ours is left; a keep-alive connection of fetch must not hold the process.
  process.exit();
} catch (thrown) {
  console.error(thrown instanceof CliError ? `eventkit: ${thrown.message}` : thrown);
  process.exit(1);
}

async function main(argv: readonly string[]): Promise<void> {
  const parsed = parseArguments(argv);
  if (!parsed.ok) throw new CliError(parsed.error.message);
  const typed = parsed.value;
  if (typed.command === 'help') {
    console.log(HELP);
    return;
  }
  const config = readConfig(process.env, typed, repositoryRoot);
  if (!config.ok) throw new CliError(config.error.join('\n  '));
  await run(typed, config.value);
}

function run(typed: Exclude<Arguments, { command: 'help' }>, config: Config): Promise<void> {
  switch (typed.command) {
    case 'start':
      return start(config);
    case 'serve':
      return serve(config);
    case 'migrate':
      return runMigrations(config);
    case 'seed':
      return seed(config);
    case 'token':
      return token(config, typed);
    case 'status':
      return status(config);
  }
}
