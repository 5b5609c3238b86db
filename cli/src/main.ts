import { CliError } from './cli-error.ts';
import { type Config, readConfig } from './config.ts';
import { type Arguments, HELP, optionsByCommand, parseArguments } from './parse-arguments.ts';
import { repositoryRoot } from './repository-root.ts';

try {
  await main(process.argv.slice(2));
  // Nothing of ours is left, once what was printed is out; a keep-alive connection of fetch must not hold the process.
  process.stdout.write('', () => process.exit());
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
  // These two ask another machine or none: nothing of this one's settings is read.
  if (typed.command === 'call') return (await import('./commands/call.ts')).call(typed, process.env);
  if (typed.command === 'completion') {
    console.log((await import('./commands/completion.ts')).completionOf(typed.shell, optionsByCommand));
    return;
  }
  const config = readConfig(process.env, typed, repositoryRoot);
  if (!config.ok) throw new CliError(config.error.join('\n  '));
  await run(typed, config.value);
}

/** Each command loads only what it needs: `status` answers without the weight of the servers. */
async function run(
  typed: Exclude<Arguments, { command: 'help' | 'call' | 'completion' }>,
  config: Config,
): Promise<void> {
  switch (typed.command) {
    case 'start':
      return (await import('./commands/start.ts')).start(config);
    case 'serve':
      return (await import('./commands/serve.ts')).serve(config);
    case 'work':
      return (await import('./commands/work.ts')).work(config);
    case 'migrate':
      return (await import('./commands/migrate.ts')).runMigrations(config);
    case 'seed':
      return (await import('./commands/seed.ts')).seed(config);
    case 'token':
      return (await import('./commands/token.ts')).token(config, typed);
    case 'create-company':
    case 'tenants create':
      return (await import('./commands/create-company.ts')).createCompany(config, typed);
    case 'tenants list':
      return (await import('./tenants/list-tenants.ts')).listTenants(config, typed);
    case 'tenants show':
      return (await import('./tenants/show-tenant.ts')).showTenant(config, typed);
    case 'tenants approve':
      return (await import('./tenants/approve-sign-up.ts')).approveSignUp(config, typed);
    case 'tenants refuse':
      return (await import('./tenants/refuse-sign-up.ts')).refuseSignUp(config, typed);
    case 'sync diagnose':
      return (await import('./commands/sync-diagnose.ts')).syncDiagnose(config, typed);
    case 'audit verify':
      return (await import('./commands/audit-verify.ts')).auditVerify(config, typed);
    case 'audit anchors':
      return (await import('./commands/audit-anchors.ts')).auditAnchors(config);
    case 'status':
      return (await import('./commands/status.ts')).status(config);
  }
}
