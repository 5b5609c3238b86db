import type { Attack } from '#attack/attack.ts';
import { seenOf } from '#attack/knowledge.ts';
import { sendRaw, statusesOf } from '#attack/raw-request.ts';
import { someOf } from '#attack/some-of.ts';

const wanted = [
  'etc/passwd',
  'package.json',
  '.env',
  'runtime.json',
  'keys/provider.jwk.json',
  'index.html/../../package.json',
];
const ways = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '..\\',
  '..%5c',
  '....//',
  '..;/',
  '%252e%252e%252f',
  '..%c0%af',
  '..%00/',
  './/..//',
];
const bases = [
  '/',
  '/assets/',
  '/attachments/',
  '/auth/',
  '/oidc/',
  '/sync/',
  '/.well-known/',
  '//',
  '/assets//',
  'file:///',
];
const SECRET = /root:x:0|"name": ?"eventkit"|"databaseUrl"|"d": ?"[\w-]{40}/;

/** Ways out of the folder of the app and of the attachments, written in every manner that some server has fallen for. */
export const pathTricks: Attack = {
  name: 'path tricks',
  lacks: () => null,
  async run({ target, random, findings, callCount }) {
    const headers = `host: ${new URL(target.url).host}\r\nconnection: close\r\nauthorization: Bearer ${target.admin.token}`;
    const paths = [
      ...bases.flatMap((base) =>
        ways.flatMap((way) =>
          [1, 3, 6].flatMap((times) => wanted.map((file) => `${base}${way.repeat(times)}${file}`)),
        ),
      ),
      ...[
        '/.git/config',
        '/.eventkit-sources',
        '/assets/',
        '/%00',
        '/%',
        '/%ff',
        '/metrics/../health',
        '/*',
        '/?',
        '/health/%2e%2e/metrics',
      ],
      ...[...target.foreign.ids].slice(0, 50).map((id) => `/attachments/${id}`),
      ...(target.foreign.idsByKind.get('attachment') ?? []).map((id) => `/attachments/${id}`),
    ];
    const waiting = someOf(random, paths, callCount).values();
    const attempt = async () => {
      for (const path of waiting) {
        findings.tried();
        const request = `GET ${path} HTTP/1.1\r\n${headers}\r\n\r\n`;
        const answer = await sendRaw(target.url, request, 5000);
        const [status = 0] = statusesOf(answer);
        const seen = seenOf(target.foreign, answer.text, request);
        if (SECRET.test(answer.text))
          findings.breach(request, `gives out a file: ${answer.text.slice(0, 200)}`);
        else if (seen !== null) findings.breach(request, `shows ${seen}`);
        else if (status >= 500) findings.breach(request, `a fault of the server: ${status}`);
        else if (path.startsWith('/attachments/') && status === 200 && !path.includes('..'))
          findings.breach(request, 'gives out a file of the other company');
      }
    };
    await Promise.all(Array.from({ length: 8 }, attempt));
  },
};
