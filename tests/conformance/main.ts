// The rules of the sync protocol against a server that is running somewhere: `npm run conformance -- --url … --token …`.
// Prints a line for each rule, and fails where one of the protocol is broken. README.md says what else can be given.
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { createEventKitChange } from './eventkit-changes.ts';
import { signHs256 } from './hs256-token.ts';
import { checkRules, type Outcome } from './rule.ts';
import { allRules } from './rules/all-rules.ts';
import type { Subject } from './subject.ts';
import { changeByCommand, changeByUrl, runCommand } from './told-changes.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    token: { type: 'string' },
    'other-token': { type: 'string' },
    'token-command': { type: 'string' },
    'hs256-key': { type: 'string' },
    'hs256-kid': { type: 'string', default: 'conformance' },
    audience: { type: 'string', default: 'eventkit-sync' },
    claims: { type: 'string' },
    'other-claims': { type: 'string' },
    'mutate-url': { type: 'string' },
    'mutate-command': { type: 'string' },
    'database-url': { type: 'string' },
    tenant: { type: 'string' },
    'with-grants': { type: 'boolean', default: false },
    'stop-command': { type: 'string' },
    'keepalive-ms': { type: 'string', default: '20000' },
    'most-streams': { type: 'string' },
    'most-body-bytes': { type: 'string' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const { url, 'stop-command': stopCommand, 'most-streams': streams, 'most-body-bytes': bodyBytes } = values;
if (url === undefined) stop('--url of the server is needed');
const database = await openDatabase();
const subject: Subject = {
  url: url.replace(/\/$/, ''),
  token: readTokenMaker(),
  change: await readChange(),
  grant: readGrant(),
  stop: stopCommand === undefined ? null : async () => void (await runCommand(stopCommand, {})),
  keepaliveMs: Number(values['keepalive-ms']),
  limits:
    streams === undefined || bodyBytes === undefined
      ? null
      : { connections: Number(streams), bodyBytes: Number(bodyBytes) },
};
const only = values.only?.split(',').map((id) => `[${id}]`);
const rules = allRules.filter(({ title }) => only === undefined || only.some((id) => title.includes(id)));
const outcomes = await checkRules(rules, subject, values.json ? undefined : print);
await database?.end();
const count = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
const broken = outcomes.filter(({ result, isOwn }) => result === 'failed' && !isOwn);
console.log(
  values.json
    ? JSON.stringify(outcomes)
    : `${count('passed')} passed, ${count('failed')} failed, ${count('not checkable')} not checkable`,
);
process.exit(broken.length === 0 ? 0 : 1);

function readTokenMaker(): Subject['token'] {
  const { token, 'other-token': otherToken, 'token-command': command, 'hs256-key': key } = values;
  if (command !== undefined)
    return async ({ lifeSeconds = 300, isOther = false }) =>
      runCommand(command, { LIFE_SECONDS: String(lifeSeconds), WHO: isOther ? 'other' : 'one' });
  if (key !== undefined) {
    const profile = { key, kid: values['hs256-kid'], audience: values.audience };
    return async ({ lifeSeconds = 300, isOther = false }) => {
      const claims = isOther ? values['other-claims'] : values.claims;
      return claims === undefined ? null : signHs256(profile, JSON.parse(claims), lifeSeconds);
    };
  }
  if (token === undefined) stop('one of --token, --token-command and --hs256-key is needed');
  return async ({ lifeSeconds, isOther = false }) => {
    if (lifeSeconds !== undefined) return null;
    return isOther ? (otherToken ?? null) : token;
  };
}

async function readChange(): Promise<Subject['change']> {
  const { 'mutate-url': address, 'mutate-command': command, tenant } = values;
  if (address !== undefined) return changeByUrl(address);
  if (command !== undefined) return changeByCommand(command);
  if (database === null) return null;
  return createEventKitChange(database, tenant ?? stop('--database-url needs the --tenant, too'));
}

/** Who changes rows by the word of others can give rights, too. */
function readGrant(): Subject['grant'] {
  const { 'mutate-url': address, 'mutate-command': command, 'with-grants': isAble } = values;
  if (!isAble) return null;
  if (address !== undefined) return changeByUrl(address);
  return command === undefined ? stop('--with-grants needs a way to change rows') : changeByCommand(command);
}

async function openDatabase(): Promise<Client | null> {
  if (values['database-url'] === undefined) return null;
  const client = new Client({ connectionString: values['database-url'] });
  await client.connect();
  return client;
}

function print({ title, isOwn, result, detail }: Outcome): void {
  const why = detail === null ? '' : `\n               ${detail.split('\n').join('\n               ')}`;
  console.log(`${result.padEnd(13)}  ${title}${isOwn ? ' (EventKit only)' : ''}${why}`);
}

function stop(text: string): never {
  console.error(`conformance: ${text}; tests/conformance/README.md says how`);
  process.exit(2);
}
