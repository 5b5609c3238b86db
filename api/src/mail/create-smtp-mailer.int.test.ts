import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { headerOf, type MailServer, startMailServer } from '#testing/start-mail-server.ts';
import { createSmtpMailer } from './create-smtp-mailer.ts';
import type { Mail, Mailer } from './mailer.ts';

let server: MailServer;
let mailer: Mailer;
beforeAll(async () => {
  server = await startMailServer();
  mailer = createSmtpMailer({ url: server.url, from: 'rental@example.com' });
});
afterAll(() => server.stop());
beforeEach(() => {
  server.isTaking = true;
});

const mail: Mail = {
  to: { name: 'Mia Berg', address: 'mia@nordlicht.test' },
  fromName: 'Nordlicht',
  subject: 'Nordlicht: Zugang für Mia',
  text: 'Guten Tag\n',
  html: '<p>Guten Tag</p>',
};
const last = () => {
  const received = server.mails.at(-1);
  if (received === undefined) throw new Error('nothing came');
  return received;
};

describe('a mail server', () => {
  test('gets the mail as text and HTML, from our address in the name of the company', async () => {
    await mailer.send(mail);
    expect(last()).toMatchObject({ from: 'rental@example.com', to: ['mia@nordlicht.test'] });
    expect(headerOf(last(), 'From')).toBe('Nordlicht <rental@example.com>');
    expect(headerOf(last(), 'To')).toBe('Mia Berg <mia@nordlicht.test>');
    expect(headerOf(last(), 'Content-Type')).toContain('multipart/alternative');
    expect(last().source).toContain('Content-Type: text/html; charset=utf-8');
  });

  test.each([
    'Mia\r\nBcc: all@example.com',
    'Mia\nBcc: all@example.com',
    'Mia\r\n\r\nAnother body',
    'Mia <all@example.com>, ',
    'Mia" <all@example.com>, "x',
    'Mia\u2028Bcc: all@example.com',
  ])('never gets a header or a recipient out of the name %j', async (name) => {
    await mailer.send({ ...mail, to: { ...mail.to, name }, fromName: name, subject: name });
    const received = last();
    expect(received.to).toEqual(['mia@nordlicht.test']);
    expect(received.from).toBe('rental@example.com');
    expect(headerOf(received, 'Bcc')).toBeNull();
    expect(headerOf(received, 'To')).toMatch(/<mia@nordlicht\.test>$/);
    expect(headerOf(received, 'From')).toMatch(/<rental@example\.com>$/);
    expect(received.source.match(/^(To|From|Subject|Bcc|Cc):/gim)).toHaveLength(3);
  });

  test('that does not take it, or is not there, is told', async () => {
    server.isTaking = false;
    await expect(mailer.send(mail)).rejects.toThrow('no room today');
    const nobody = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from: 'rental@example.com' });
    await expect(nobody.send(mail)).rejects.toThrow(/ECONNREFUSED/);
  });
});
