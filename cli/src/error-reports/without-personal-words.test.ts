import { expect, test } from 'vitest';
import { withoutPersonalWords } from './without-personal-words.ts';

test.each([
  ['column "secret" does not exist', 'column "…" does not exist'],
  [`invalid input syntax for type uuid: "Jana Huber"`, 'invalid input syntax for type uuid: "…"'],
  ['Key (email)=(jana@example.com) already exists.', 'Key (…)=(…) already exists.'],
  ['no mail to jana.huber@example.com today', 'no mail to <address> today'],
  ['user 01a00000-0000-7000-8000-0000000000aa cannot be read', 'user <id> cannot be read'],
  ['nobody answers at https://id.example.com/x?code=7', 'nobody answers at <address>'],
  ['call +43 6641234567', 'call +43 …'],
  ['Failed query: insert into users\nparams: Jana,Huber', 'Failed query: insert into users'],
  ['Failed query: SELECT 1 params: Jana,Huber', 'Failed query: SELECT 1 params: …'],
  ['timeout of 3000 ms', 'timeout of 3000 ms'],
])('%s', (text, told) => {
  expect(withoutPersonalWords(text)).toBe(told);
});
