import type { CompanySettings } from '@eventkit/shared/settings/company-settings.ts';
import { composeLetter, type MailLanguage } from './compose-letter.ts';
import type { Mail } from './mailer.ts';
import { oneLine } from './one-line.ts';

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
  const { brandColour, mailSenderName } = facts.company;
  const { name, email } = facts.person;
  const { subject, greeting, invited, how, button, unexpected } = words[language];
  return composeLetter({
    language,
    to: { name, address: email },
    fromName: oneLine(mailSenderName) || company,
    subject: subject(company),
    sender: { name: company, address: facts.company.address.split('\n') },
    lines: [greeting(oneLine(name)), invited(oneLine(facts.inviterName), company), how(email)],
    action: { link, label: button, colour: brandColour },
    closing: unexpected,
  });
}
