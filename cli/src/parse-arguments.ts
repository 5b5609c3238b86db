import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { CallOptions } from '#commands/call.ts';

/** What was typed, checked for shape only. Absent options fall back to the environment, then to the default. */
export type Arguments =
  | { readonly command: 'help' }
  | ({ readonly command: 'start' | 'serve' } & ServeOptions)
  | ({ readonly command: 'migrate' | 'work' } & DataOptions)
  | ({ readonly command: 'seed'; readonly assets?: string } & DataOptions)
  | ({ readonly command: 'status' } & DataOptions)
  | ({ readonly command: 'sync diagnose'; readonly user: string; readonly json: boolean } & DataOptions)
  | ({ readonly command: 'audit anchors' } & DataOptions)
  | ({ readonly command: 'audit verify'; readonly json: boolean } & TrailOptions & DataOptions)
  | ({ readonly command: 'call' } & CallOptions)
  | { readonly command: 'completion'; readonly shell: Shell }
  | ({ readonly command: 'create-company' } & NewCompanyOptions & DataOptions)
  | ({ readonly command: 'tenants create'; readonly json: boolean } & NewCompanyOptions & DataOptions)
  | ({ readonly command: 'tenants list'; readonly json: boolean } & DataOptions)
  | ({ readonly command: 'tenants show' | 'tenants approve' | 'tenants refuse' } & SignUpOptions &
      DataOptions)
  | ({ readonly command: 'token'; readonly user: string; readonly audience: 'api' | 'sync' } & DataOptions);

type DataOptions = { readonly data?: string };
type ServeOptions = DataOptions & {
  readonly port?: string;
  readonly host?: string;
  readonly assets?: string;
};

/** Of which company, as its slug, and the file with anchors that were kept elsewhere. */
export type TrailOptions = { readonly company?: string; readonly anchors?: string };

/** As typed; see `readNewCompany` for what is taken. */
export type NewCompanyOptions = {
  readonly name?: string;
  readonly 'admin-email'?: string;
  readonly 'admin-name'?: string;
  readonly locale?: string;
  readonly 'time-zone'?: string;
  readonly currency?: string;
};

/** Which request of a company to be let in, or which company; and what is decided about it. */
export type SignUpOptions = {
  /** Of the request; a company keeps it. */
  readonly id: string;
  readonly json: boolean;
  /** Another short name than the one that follows from the name. */
  readonly slug?: string;
  /** What is mailed with a refusal. */
  readonly reason?: string;
};

export type BadArguments = { readonly tag: 'bad_arguments'; readonly message: string };

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const optionsByCommand = {
  start: ['port', 'host', 'data', 'assets'],
  serve: ['port', 'host', 'data', 'assets'],
  work: ['data'],
  migrate: ['data'],
  seed: ['data', 'assets'],
  token: ['data', 'user', 'audience'],
  status: ['data'],
  'sync diagnose': ['data', 'user', 'json'],
  'audit verify': ['data', 'company', 'anchors', 'json'],
  'audit anchors': ['data'],
  call: ['input', 'all', 'json'],
  completion: [],
  'create-company': ['data', 'name', 'admin-email', 'admin-name', 'locale', 'time-zone', 'currency'],
  'tenants list': ['data', 'json'],
  'tenants create': ['data', 'name', 'admin-email', 'admin-name', 'locale', 'time-zone', 'currency', 'json'],
  'tenants show': ['data', 'id', 'json'],
  'tenants approve': ['data', 'id', 'slug', 'json'],
  'tenants refuse': ['data', 'id', 'reason', 'json'],
} as const;
type Command = keyof typeof optionsByCommand;

/** Options that are there or not; all others have a value. */
const flags: readonly string[] = ['json', 'all'];

export const HELP = `EventKit: equipment rental that works without signal.

  eventkit start     build the app where needed, then serve it, with a report for people
  eventkit serve     serve the app, the API and the sync stream on one port; logs JSON to stdout
  eventkit work      do jobs and nothing else, beside servers with JOBS=elsewhere; logs JSON to stdout
  eventkit migrate   bring the database to the newest version
  eventkit seed      fill an empty database with the demo company
  eventkit token     print a token of a demo user: --user <email> --audience api|sync
  eventkit status    say whether the running EventKit is well; exits with 1 where it is not
  eventkit sync diagnose  say what the sync stream gives to a user, and which devices are connected:
                     --user <email or id> [--json]
  eventkit audit verify  say whether the audit trail is as it was written; exits with 1 where it is not:
                     [--company <slug>] [--anchors <file>] [--json]
  eventkit audit anchors  print the newest link of every company's trail, to be kept elsewhere
  eventkit call [<call>]  call the API with a key, from EVENTKIT_API_KEY, at EVENTKIT_URL; without <call>, list all calls:
                     [--input '<json>' or -] [--all] [--json]
  eventkit completion bash|zsh|fish  print what completes commands in a shell: eval "$(eventkit completion bash)"
  eventkit create-company --name "…" --admin-email … --admin-name "…" [--locale de] [--time-zone Europe/Vienna]
                     make a company and its first administrator, who then signs in with this e-mail address
  eventkit tenants list      the companies, and those that ask to be let in (EVENTKIT_SIGN_UP): [--json]
  eventkit tenants create    as create-company: [--json]
  eventkit tenants show      one of them: --id <id> [--json]
  eventkit tenants approve   let a company in that asked; its administrator is told by e-mail: --id <id> [--slug <slug>]
  eventkit tenants refuse    do not let it in, and mail why: --id <id> --reason "…" [--json]

Options
  --port <number>    port to serve on (PORT; 8484)
  --host <address>   address to listen on (HOST; this machine only, all addresses where PUBLIC_URL is elsewhere)
  --data <folder>    where the embedded database and the keys are kept (EVENTKIT_DATA; .eventkit)
  --assets <number>  how many assets the demo company gets when it is made (5000)
  --user <email>     whose token; for sync diagnose an e-mail address or an id
  --company <slug>   whose audit trail (all companies)
  --anchors <file>   lines that audit anchors printed, or a log of serve: a chain that was made anew does not fit them
  --json             one line of JSON for programs
  --input <json>     what is asked, e.g. '{"pageSize": 20}'; - reads it from the standard input
  --all              every page of a list
  --audience <what>  api: for calls to the API; sync: for the sync stream
  --locale <de|en>   language of the company and its administrator (en)
  --time-zone <name> where the company is, as in the IANA list (Europe/Vienna)
  --currency <code>  of the company, as in ISO 4217 (EUR)
  --id <id>          which company, or which request, as tenants list says
  --slug <slug>      another short name for a company that is let in
  --reason <text>    why a company is not let in; it is sent this
  --help             this text

Environment
  EVENTKIT_URL       the server that call asks, e.g. https://rental.example.com (http://localhost:8484)
  EVENTKIT_API_KEY   the key that call asks with; never typed, since everybody on a machine sees what is typed
  DATABASE_URL       an external PostgreSQL (15 or later, wal_level=logical), as its owner; embedded without it
  OIDC_ISSUER        an external identity provider, with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET; embedded without it
  OIDC_SCOPE         what is asked for at sign-in (openid profile email offline_access)
  OIDC_ROLES_CLAIM   where its tokens name roles, e.g. realm_access.roles; without it roles are given in EventKit
  OIDC_ROLES         its names for them where they differ, e.g. lager=warehouse,disposition=planner
  OIDC_TENANT_CLAIM  where its tokens name the company, by short name or id
  PUBLIC_URL         how browsers reach EventKit, e.g. https://rental.example.com (http://localhost:<port>)
  SILENT_AFTER_DAYS  days without contact after which sync health calls a device silent (7)
  SYNC_STREAM        elsewhere: the official PowerSync service serves devices, see deploy/powersync (here)
  REDIS_URL          a Redis that keeps jobs, e.g. redis://localhost:6379; they are in the database without it
  JOBS               elsewhere: other processes do jobs, as eventkit work does (here)
  EVENTKIT_SIGN_UP   approval: companies may ask to be let in at /auth/sign-up, and eventkit tenants decides (closed)
  SMTP_URL           a mail server for invitations, with MAIL_FROM; without it they are handed over by hand
  FILE_LIMIT_MEGABYTES  how much the files of one company may take (10240)
  METRICS_TOKEN      opens /metrics to other machines that send it as a bearer token; this machine only without it
  LOG_LEVEL          trace, debug, info, warn or error (info)
`;

/** Reads the command line after the program's name. */
export function parseArguments(argv: readonly string[]): Result<Arguments, BadArguments> {
  const [command = 'help', ...rest] = joinWords(argv);
  if (['help', '--help', '-h'].includes(command) || rest.includes('--help') || rest.includes('-h')) {
    return ok({ command: 'help' });
  }
  if (!isCommand(command)) return bad(`There is no command "${command}".`);
  // Of the others, no word stands without the name of an option.
  const named =
    command === 'call' || command === 'completion' ? rest.find((word) => !word.startsWith('-')) : undefined;
  const isNamed = named !== undefined && rest[0] === named;
  if (command === 'completion') {
    const shell = shells.find((one) => one === named);
    return shell === undefined ? bad('completion needs bash, zsh or fish.') : ok({ command, shell });
  }
  const values = valuesOf(command, isNamed ? rest.slice(1) : rest);
  if (!values.ok) return values;
  const { user, audience, json, all, ...others } = values.value;
  if (command === 'call') {
    const { input } = others;
    return ok({
      command,
      all: all !== undefined,
      json: json !== undefined,
      ...(isNamed ? { call: named } : {}),
      ...(input === undefined ? {} : { input }),
    });
  }
  if (command === 'tenants create' || command === 'tenants list')
    return ok({ command, json: json !== undefined, ...others });
  if (command === 'tenants show' || command === 'tenants approve' || command === 'tenants refuse') {
    const { id, reason } = others;
    if (id === undefined) return bad(`${command} needs --id <id>, as tenants list says it.`);
    if (command === 'tenants refuse' && !reason?.trim())
      return bad('tenants refuse needs --reason "…", which is mailed.');
    return ok({ command, json: json !== undefined, ...others, id });
  }
  if (command === 'sync diagnose')
    return user === undefined
      ? bad('sync diagnose needs --user <email or id>.')
      : ok({ command, user, json: json !== undefined, ...others });
  if (command === 'audit verify') return ok({ command, json: json !== undefined, ...others });
  if (command !== 'token') return ok({ command, ...values.value });
  if (user === undefined) return bad('token needs --user <email>.');
  if (audience !== 'api' && audience !== 'sync') return bad('token needs --audience api or --audience sync.');
  return ok({ command, user, audience, ...others });
}

/** A command of two words is one. */
function joinWords([first, second, ...rest]: readonly string[]): string[] {
  const words = [first, second].filter((word) => word !== undefined);
  return isCommand(words.join(' ')) ? [words.join(' '), ...rest] : [...words, ...rest];
}

function valuesOf(command: Command, rest: string[]): Result<Readonly<Record<string, string>>, BadArguments> {
  const options: ParseArgsConfig['options'] = Object.fromEntries(
    optionsByCommand[command].map((name) => [name, { type: flags.includes(name) ? 'boolean' : 'string' }]),
  );
  try {
    const { values } = parseArgs({ args: rest, options, strict: true, allowPositionals: false });
    return ok(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])));
  } catch (thrown) {
    if (thrown instanceof TypeError && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS')) {
      return bad(thrown.message);
    }
    throw thrown;
  }
}

function isCommand(text: string): text is Command {
  return Object.hasOwn(optionsByCommand, text);
}

function bad(message: string): Result<never, BadArguments> {
  return { ok: false, error: { tag: 'bad_arguments', message: `${message} See eventkit --help.` } };
}
