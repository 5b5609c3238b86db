import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ok, type Result } from '@eventkit/shared/kernel/result.ts';

/** What was typed, checked for shape only. Absent options fall back to the environment, then to the default. */
export type Arguments =
  | { readonly command: 'help' }
  | ({ readonly command: 'start' | 'serve' } & ServeOptions)
  | ({ readonly command: 'migrate' } & DataOptions)
  | ({ readonly command: 'seed'; readonly assets?: string } & DataOptions)
  | ({ readonly command: 'status' } & DataOptions)
  | ({ readonly command: 'sync diagnose'; readonly user: string; readonly json: boolean } & DataOptions)
  | ({ readonly command: 'create-company' } & NewCompanyOptions & DataOptions)
  | ({ readonly command: 'token'; readonly user: string; readonly audience: 'api' | 'sync' } & DataOptions);

type DataOptions = { readonly data?: string };
type ServeOptions = DataOptions & {
  readonly port?: string;
  readonly host?: string;
  readonly assets?: string;
};

/** As typed; see `readNewCompany` for what is taken. */
export type NewCompanyOptions = {
  readonly name?: string;
  readonly 'admin-email'?: string;
  readonly 'admin-name'?: string;
  readonly locale?: string;
  readonly 'time-zone'?: string;
};

export type BadArguments = { readonly tag: 'bad_arguments'; readonly message: string };

const optionsByCommand = {
  start: ['port', 'host', 'data', 'assets'],
  serve: ['port', 'host', 'data', 'assets'],
  migrate: ['data'],
  seed: ['data', 'assets'],
  token: ['data', 'user', 'audience'],
  status: ['data'],
  'sync diagnose': ['data', 'user', 'json'],
  'create-company': ['data', 'name', 'admin-email', 'admin-name', 'locale', 'time-zone'],
} as const;
type Command = keyof typeof optionsByCommand;

/** Options that are there or not; all others have a value. */
const flags: readonly string[] = ['json'];

export const HELP = `EventKit: equipment rental that works without signal.

  eventkit start     build the app where needed, then serve it, with a report for people
  eventkit serve     serve the app, the API and the sync stream on one port; logs JSON to stdout
  eventkit migrate   bring the database to the newest version
  eventkit seed      fill an empty database with the demo company
  eventkit token     print a token of a demo user: --user <email> --audience api|sync
  eventkit status    say whether the running EventKit is well; exits with 1 where it is not
  eventkit sync diagnose  say what the sync stream gives to a user, and which devices are connected:
                     --user <email or id> [--json]
  eventkit create-company --name "…" --admin-email … --admin-name "…" [--locale de] [--time-zone Europe/Vienna]
                     make a company and its first administrator, who then signs in with this e-mail address

Options
  --port <number>    port to serve on (PORT; 8484)
  --host <address>   address to listen on (HOST; this machine only, all addresses where PUBLIC_URL is elsewhere)
  --data <folder>    where the embedded database and the keys are kept (EVENTKIT_DATA; .eventkit)
  --assets <number>  how many assets the demo company gets when it is made (5000)
  --user <email>     whose token; for sync diagnose an e-mail address or an id
  --json             one line of JSON for programs
  --audience <what>  api: for calls to the API; sync: for the sync stream
  --locale <de|en>   language of the company and its administrator (en)
  --time-zone <name> where the company is, as in the IANA list (Europe/Vienna)
  --help             this text

Environment
  DATABASE_URL       an external PostgreSQL (15 or later, wal_level=logical), as its owner; embedded without it
  OIDC_ISSUER        an external identity provider, with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET; embedded without it
  PUBLIC_URL         how browsers reach EventKit, e.g. https://rental.example.com (http://localhost:<port>)
  SILENT_AFTER_DAYS  days without contact after which sync health calls a device silent (7)
  SYNC_STREAM        elsewhere: the official PowerSync service serves devices, see deploy/powersync (here)
  SMTP_URL           a mail server for invitations, with MAIL_FROM; without it they are handed over by hand
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
  const values = valuesOf(command, rest);
  if (!values.ok) return values;
  const { user, audience, json, ...others } = values.value;
  if (command === 'sync diagnose')
    return user === undefined
      ? bad('sync diagnose needs --user <email or id>.')
      : ok({ command, user, json: json !== undefined, ...others });
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
