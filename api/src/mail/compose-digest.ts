import type { CompanySettings } from '@eventkit/shared/settings/company-settings.ts';
import { composeLetter, type MailLanguage } from './compose-letter.ts';
import type { Mail } from './mailer.ts';
import { oneLine } from './one-line.ts';

export type DigestFacts = {
  readonly language: MailLanguage;
  readonly company: Pick<CompanySettings, 'name' | 'address' | 'brandColour' | 'mailSenderName'>;
  readonly person: { readonly name: string; readonly email: string };
  /** What happened, each in one line, the oldest first. */
  readonly happened: readonly string[];
  /** Where the list of the app is. */
  readonly link: string;
};

type Words = {
  subject(company: string, count: number): string;
  greeting(name: string): string;
  readonly intro: string;
  others(count: number): string;
  readonly button: string;
  readonly closing: string;
};

const words: Readonly<Record<MailLanguage, Words>> = {
  en: {
    subject: (company, count) => `${company}: ${count === 1 ? '1 notification' : `${count} notifications`}`,
    greeting: (name) => `Good morning ${name},`,
    intro: 'this happened since the last mail and was not read in EventKit:',
    others: (count) => `and ${count} more`,
    button: 'Open the list',
    closing: 'What comes by e-mail is chosen in EventKit, under Notifications.',
  },
  de: {
    subject: (company, count) =>
      `${company}: ${count === 1 ? '1 Benachrichtigung' : `${count} Benachrichtigungen`}`,
    greeting: (name) => `Guten Morgen ${name},`,
    intro: 'das ist seit der letzten Nachricht geschehen und wurde in EventKit nicht gelesen:',
    others: (count) => `und ${count} weitere`,
    button: 'Liste öffnen',
    closing: 'Was per E-Mail kommt, wird in EventKit unter Benachrichtigungen gewählt.',
  },
};

/** More than anybody reads in a mail. */
const MOST_LINES = 40;

/** What a person was told since the last mail, in their language. */
export function composeDigest({ language, company, person, happened, link }: DigestFacts): Mail {
  const name = oneLine(company.name);
  const { subject, greeting, intro, others, button, closing } = words[language];
  const left = happened.length - MOST_LINES;
  return composeLetter({
    language,
    to: { name: person.name, address: person.email },
    fromName: oneLine(company.mailSenderName) || name,
    subject: subject(name, happened.length),
    sender: { name, address: company.address.split('\n') },
    lines: [
      greeting(oneLine(person.name)),
      intro,
      ...happened.slice(0, MOST_LINES).map((line) => `– ${line}`),
      ...(left > 0 ? [others(left)] : []),
    ],
    action: { link, label: button, colour: company.brandColour },
    closing,
  });
}
