import type { Attack } from '#attack/attack.ts';
import { sendRaw, statusesOf } from '#attack/raw-request.ts';
import { findRpcs } from '#attack/rpcs.ts';
import { someOf } from '#attack/some-of.ts';
import { ask, faultOf } from '#attack/target.ts';

const BODY = 'pageSize=1&{"pageSize":1}';
const contentTypes = [
  'text/plain',
  'text/plain;charset=UTF-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/html',
  'application/xml',
  'application/jsonp',
  'application/octet-stream',
  'text/json',
  ' ',
];

/** What forms and scripts of other sites can send without asking must reach no RPC. */
export const otherContentTypes: Attack = {
  name: 'other content types',
  lacks: () => null,
  async run({ target, random, findings, callCount }) {
    const all = (await findRpcs()).flatMap(({ name }) => contentTypes.map((type) => ({ name, type })));
    for (const { name, type } of someOf(random, all, callCount)) {
      findings.tried();
      const answer = await ask(`${target.url}/${name}`, {
        method: 'POST',
        headers: { 'content-type': type, authorization: `Bearer ${target.admin.token}` },
        body: BODY,
      });
      if (answer.status < 400 || faultOf(answer) !== null)
        findings.breach(`POST ${name} as ${type}`, `${answer.status} ${answer.text.slice(0, 200)}`);
    }
  },
};

const methods = [
  'GET',
  'HEAD',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'SEARCH',
  'DEBUG',
  'TRACK',
  'CONNECT',
  'get',
  'G3T',
  'POST_',
  'QUERY',
];

/** Methods that nobody asks with: none may call an RPC that writes, and none may tell what was sent. */
export const unknownMethods: Attack = {
  name: 'unknown methods',
  lacks: () => null,
  async run({ target, random, findings, callCount }) {
    const { host } = new URL(target.url);
    const writes = (await findRpcs()).filter(({ isRead }) => !isRead).map(({ name }) => `/${name}`);
    const paths = [...writes, '/auth/logout', '/health', '/attachments/x', '/sync/stream', '/', '*'];
    const all = paths.flatMap((path) => methods.map((method) => ({ path, method })));
    for (const { path, method } of someOf(random, all, callCount)) {
      findings.tried();
      const request = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\nauthorization: Bearer ${target.admin.token}\r\nx-secret: told-back\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`;
      const answer = await sendRaw(target.url, request, 5000);
      const [status] = statusesOf(answer);
      const isCall = path.startsWith('/eventkit.');
      if (isCall && status === 200) findings.breach(request, 'an RPC that writes was called');
      if (answer.text.includes('told-back')) findings.breach(request, 'tells what was sent');
      if ((status ?? 0) >= 500 && status !== 501)
        findings.breach(request, `a fault of the server: ${status}`);
      const hasLowered =
        /access-control-allow-origin: (\*|https?:\/\/evil)/i.test(answer.text) &&
        /access-control-allow-credentials: true/i.test(answer.text);
      if (hasLowered) findings.breach(request, 'lets every site read with cookies');
    }
  },
};

const SECOND = 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n';

/** Requests that two servers in a row could cut in two places. What is unclear must be refused, and the line cut. */
export const smuggling: Attack = {
  name: 'HTTP smuggling',
  lacks: () => null,
  async run({ target, findings }) {
    const line =
      'POST /eventkit.v1.InventoryService/ListAssets HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    const chunked = '0\r\n\r\n';
    const unclear: readonly (readonly [what: string, request: string])[] = [
      [
        'length and chunks',
        `${line}content-length: ${chunked.length + SECOND.length}\r\ntransfer-encoding: chunked\r\n\r\n${chunked}${SECOND}`,
      ],
      [
        'chunks and length',
        `${line}transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n${chunked}${SECOND}`,
      ],
      ['two lengths', `${line}content-length: 2\r\ncontent-length: ${2 + SECOND.length}\r\n\r\n{}${SECOND}`],
      ['two lengths in one', `${line}content-length: 2, 3\r\n\r\n{}${SECOND}`],
      ['a length with a sign', `${line}content-length: +2\r\n\r\n{}${SECOND}`],
      ['a length in hexadecimal', `${line}content-length: 0x2\r\n\r\n{}${SECOND}`],
      ['chunks of another name', `${line}transfer-encoding: xchunked\r\n\r\n${chunked}${SECOND}`],
      [
        'chunks twice',
        `${line}transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n${chunked}${SECOND}`,
      ],
      [
        'a tab before chunked',
        `${line}transfer-encoding:\tchunked\r\ncontent-length: 4\r\n\r\n${chunked}${SECOND}`,
      ],
      ['a space before the colon', `${line}content-length : 2\r\n\r\n{}${SECOND}`],
      ['a folded header', `${line}x: y\r\n content-length: 2\r\n\r\n{}${SECOND}`],
      ['a bare line feed', `${line}x: y\ncontent-length: 2\r\n\r\n{}${SECOND}`],
      ['a bare return', `${line}x: y\rcontent-length: 2\r\n\r\n{}${SECOND}`],
      ['a chunk size that is none', `${line}transfer-encoding: chunked\r\n\r\nzz\r\n${SECOND}`],
      ['a chunk size with a minus', `${line}transfer-encoding: chunked\r\n\r\n-1\r\n${SECOND}`],
      ['a chunk size beyond all', `${line}transfer-encoding: chunked\r\n\r\nffffffffffffffff0\r\n${SECOND}`],
      ['a NUL in a header', `${line}x: a\0b\r\n\r\n${SECOND}`],
      ['two hosts', `GET /health HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n${SECOND}`],
      ['no host', `GET /health HTTP/1.1\r\n\r\n${SECOND}`],
      ['another version', `GET /health HTTP/1.9\r\nhost: x\r\n\r\n${SECOND}`],
      ['a preface of HTTP/2 that goes on otherwise', `PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n${SECOND}`],
    ];
    for (const [what, request] of unclear) {
      findings.tried();
      const answer = await sendRaw(target.url, request, 1500);
      const statuses = statusesOf(answer);
      if (statuses.length > 1)
        findings.breach(
          `${what}\n${request}`,
          `was taken for ${statuses.length} requests: ${statuses.join(', ')}`,
        );
      if (statuses.some((status) => status >= 500 && status !== 505))
        findings.breach(`${what}\n${request}`, `a fault of the server: ${statuses.join(', ')}`);
    }
  },
};
