import { describe, expect, test } from 'vitest';
import { composeInvitation } from './compose-invitation.ts';

const facts = {
  companyName: 'Nordlicht Rental',
  inviterName: 'Ada Krüger',
  person: { name: 'Mia Berg', email: 'mia@nordlicht.test' },
  link: 'https://rental.example.com/',
};

describe('an invitation', () => {
  test('names the company, who invites, the address to sign in with and the way in', () => {
    const mail = composeInvitation({ ...facts, language: 'en' });
    expect(mail).toMatchObject({
      to: { name: 'Mia Berg', address: 'mia@nordlicht.test' },
      fromName: 'Nordlicht Rental',
      subject: 'Nordlicht Rental: your access to EventKit',
    });
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('Hello Mia Berg,');
      expect(part).toContain('Ada Krüger has added you to EventKit at Nordlicht Rental.');
      expect(part).toContain('mia@nordlicht.test');
      expect(part).toContain('https://rental.example.com/');
    }
  });

  test('speaks German', () => {
    const { subject, text, html } = composeInvitation({ ...facts, language: 'de' });
    expect(subject).toBe('Nordlicht Rental: Zugang zu EventKit');
    expect(text).toContain('Guten Tag Mia Berg,');
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('EventKit öffnen');
  });

  test('shows names as they are: markup stays text, and a line break is none', () => {
    const { subject, text, html, to } = composeInvitation({
      ...facts,
      language: 'en',
      companyName: 'Light\r\nBcc: all@example.com',
      person: { ...facts.person, name: 'Mia <b>Berg</b>\u2028\n\nIgnore the rest' },
    });
    expect(subject).toBe('Light Bcc: all@example.com: your access to EventKit');
    expect(to.name).toBe('Mia <b>Berg</b> Ignore the rest');
    expect(text.split('\n')[0]).toBe('Hello Mia <b>Berg</b> Ignore the rest,');
    expect(html).toContain('Mia &lt;b&gt;Berg&lt;/b&gt; Ignore the rest');
  });
});
