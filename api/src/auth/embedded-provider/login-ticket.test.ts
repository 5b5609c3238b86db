import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { createTicketReader, makeLoginTicket } from './login-ticket.ts';

const key = randomBytes(32);
let nowMs = 1_795_000_000_000;
const clock = { wallMs: () => nowMs };

beforeEach(() => {
  nowMs = 1_795_000_000_000;
});

test('a ticket signs in its user, once', async () => {
  const read = createTicketReader(key, clock);
  const ticket = await makeLoginTicket(key, 'anna@example.test', clock);
  expect(await read(ticket)).toBe('anna@example.test');
  expect(await read(ticket)).toBeNull();
});

test('a ticket is good for a minute', async () => {
  const read = createTicketReader(key, clock);
  const ticket = await makeLoginTicket(key, 'anna@example.test', clock);
  nowMs += 61_000;
  expect(await read(ticket)).toBeNull();
});

test('a ticket of another key, or no ticket at all, is refused', async () => {
  const read = createTicketReader(key, clock);
  expect(await read(await makeLoginTicket(randomBytes(32), 'anna@example.test', clock))).toBeNull();
  expect(await read('')).toBeNull();
  expect(await read('a.b.c')).toBeNull();
});
