import type { CompanySettings } from '@eventkit/shared/settings/company-settings.ts';
import { letteringOn } from '@eventkit/shared/settings/lettering-on.ts';
import { html } from 'hono/html';

import type { Mail } from './mailer.ts';
import { oneLine } from './one-line.ts';

export type MailLanguage = 'en' | 'de';

export type InvitationFacts = {
  readonly language: MailLanguage;
  readonly company: Pick<CompanySettings, 'name' | 'address' | 'brandColour' | 'mailSenderName'>;
  /** Who invites. */
  readonly inviterName: string;
  readonly person: { readonly name: string; readonly email: string };
  /** Where the app is. It holds no secret: who may come in is decided by the sign-in. */
  readonly link: string;
};

type Words = {
  subject(company: string): string;
  greeting(name: string): string;
  invited(inviter: string, company: string): string;
  how(email: string): string;
  readonly button: string;
  readonly unexpected: string;
};

const words: Readonly<Record<MailLanguage, Words>> = {
  en: {
    subject: (company) => `${company}: your access to EventKit`,
    greeting: (name) => `Hello ${name},`,
    invited: (inviter, company) => `${inviter} has added you to EventKit at ${company}.`,
    how: (email) =>
      `Open the address below and sign in with ${email}. The account must have exactly this e-mail address.`,
    button: 'Open EventKit',
    unexpected: 'If you did not expect this, there is nothing you need to do.',
  },
  de: {
    subject: (company) => `${company}: Zugang zu EventKit`,
    greeting: (name) => `Guten Tag ${name},`,
    invited: (inviter, company) => `${inviter} hat für Sie einen Zugang zu EventKit bei ${company} angelegt.`,
    how: (email) =>
      `Bitte die Adresse unten öffnen und mit ${email} anmelden. Das Konto muss genau diese E-Mail-Adresse haben.`,
    button: 'EventKit öffnen',
    unexpected: 'Falls diese Nachricht unerwartet kommt, ist nichts weiter zu tun.',
  },
};

/** The invitation of a person in their language, as text and as HTML. */
export function composeInvitation({ language, link, ...facts }: InvitationFacts): Mail {
  const company = oneLine(facts.company.name);
  const address = facts.company.address.split('\n').map(oneLine).filter(Boolean);
  const { brandColour, mailSenderName } = facts.company;
  const name = oneLine(facts.person.name);
  const { subject, greeting, invited, how, button, unexpected } = words[language];
  const lines = [greeting(name), invited(oneLine(facts.inviterName), company), how(facts.person.email)];
  return {
    to: { name, address: facts.person.email },
    fromName: oneLine(mailSenderName) || company,
    subject: subject(company),
    text: [...lines, link, unexpected, [company, ...address].join('\n')].join('\n\n').concat('\n'),
    html: String(html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="color-scheme" content="light dark" />
    <title>${subject(company)}</title>
  </head>
  <body style="margin:0;padding:24px;font:16px/1.5 'IBM Plex Sans',Helvetica,Arial,sans-serif">
    <div style="max-width:34em">
      <p style="margin:0 0 24px;font-weight:600;font-size:18px">${company}</p>
      ${lines.map((line) => html`<p style="margin:0 0 16px">${line}</p>`)}
      <p style="margin:24px 0">
        <a
          href="${link}"
          style="display:inline-block;padding:12px 20px;border-radius:6px;background:${brandColour};color:${letteringOn(brandColour)};font-weight:600;text-decoration:none"
          >${button}</a
        >
      </p>
      <p style="margin:0 0 24px"><a href="${link}">${link}</a></p>
      <p style="margin:0 0 16px;font-size:14px;opacity:0.75">${unexpected}</p>
      <p style="margin:0;font-size:14px;opacity:0.75">
        ${[company, ...address].map((line) => html`${line}<br />`)}
      </p>
    </div>
  </body>
</html>
`),
  };
}
