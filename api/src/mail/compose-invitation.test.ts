import { describe, expect, test } from 'vitest';
import { composeInvitation } from './compose-invitation.ts';

const facts = {
  company: {
    name: 'Nordlicht Rental',
    address: 'Hafenstraße 1\n1020 Wien',
    brandColour: '#ffcc00',
    mailSenderName: 'Nordlicht Disposition',
  },
  inviterName: 'Ada Krüger',
  person: { name: 'Mia Berg', email: 'mia@nordlicht.test' },
  link: 'https://rental.example.com/',
};

describe('an invitation', () => {
  test('names the company, who invites, the address to sign in with and the way in', () => {
    const mail = composeInvitation({ ...facts, language: 'en' });
    expect(mail).toMatchObject({
      to: { name: 'Mia Berg', address: 'mia@nordlicht.test' },
      fromName: 'Nordlicht Disposition',
      subject: 'Nordlicht Rental: your access to EventKit',
    });
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('Hello Mia Berg,');
      expect(part).toContain('Ada Krüger has added you to EventKit at Nordlicht Rental.');
      expect(part).toContain('mia@nordlicht.test');
      expect(part).toContain('https://rental.example.com/');
    }
  });

  test('looks as the company wants it: colour, address, lettering that can be read', () => {
    const { text, html } = composeInvitation({ ...facts, language: 'en' });
    expect(html).toContain('background:#ffcc00;color:#000000');
    expect(html).toContain('1020 Wien');
    expect(text).toContain('Nordlicht Rental\nHafenstraße 1\n1020 Wien\n');
    const plain = { ...facts.company, brandColour: '#1f1f1c', mailSenderName: '' };
    const other = composeInvitation({ ...facts, company: plain, language: 'en' });
    expect(other.html).toContain('background:#1f1f1c;color:#ffffff');
    expect(other.fromName).toBe('Nordlicht Rental');
  });

  test('speaks German', () => {
    const { subject, text, html } = composeInvitation({ ...facts, language: 'de' });
    expect(subject).toBe('Nordlicht Rental: Zugang zu EventKit');
    expect(text).toContain('Guten Tag Mia Berg,');
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('EventKit öffnen');
  });

  test('shows names as they are: markup stays text, and a line break is none', () => {
    const { subject, text, html, to, fromName } = composeInvitation({
      ...facts,
      language: 'en',
      company: {
        ...facts.company,
        name: 'Light\r\nBcc: all@example.com',
        address: '<i>Street</i>',
        mailSenderName: 'Us\r\nBcc: all@example.com',
      },
      person: { ...facts.person, name: 'Mia <b>Berg</b>\u2028\n\nIgnore the rest' },
    });
    expect(subject).toBe('Light Bcc: all@example.com: your access to EventKit');
    expect(fromName).toBe('Us Bcc: all@example.com');
    expect(html).toContain('&lt;i&gt;Street&lt;/i&gt;');
    expect(to.name).toBe('Mia <b>Berg</b> Ignore the rest');
    expect(text.split('\n')[0]).toBe('Hello Mia <b>Berg</b> Ignore the rest,');
    expect(html).toContain('Mia &lt;b&gt;Berg&lt;/b&gt; Ignore the rest');
  });
});
