import { composeLetter, type MailLanguage } from './compose-letter.ts';
import type { Mail } from './mailer.ts';
import { oneLine } from './one-line.ts';

export type SignUpMailFacts = {
  /** known: the address is somebody's already, so nothing comes of the request. */
  readonly kind: 'confirm' | 'known' | 'approved' | 'refused';
  readonly signUp: {
    readonly companyName: string;
    readonly personName: string;
    readonly email: string;
    readonly locale: MailLanguage;
    readonly reason: string;
  };
  /** To confirm with, or to the app. */
  readonly link: string;
};

type Words = {
  readonly greeting: (name: string) => string;
  readonly unexpected: string;
} & Readonly<
  Record<
    SignUpMailFacts['kind'],
    {
      readonly subject: string;
      readonly lines: (facts: { company: string; email: string; reason: string }) => readonly string[];
      readonly button: string | null;
    }
  >
>;

const words: Readonly<Record<MailLanguage, Words>> = {
  en: {
    greeting: (name) => `Hello ${name},`,
    unexpected: 'If you did not expect this, there is nothing you need to do.',
    confirm: {
      subject: 'EventKit: confirm your e-mail address',
      lines: ({ company }) => [
        `access to EventKit was asked for, for ${company}.`,
        'Open the address below within seven days to confirm that this e-mail address is yours. Then the company is looked at.',
      ],
      button: 'Confirm address',
    },
    known: {
      subject: 'EventKit: you have access already',
      lines: ({ email }) => [
        `somebody asked for a new company with ${email}. This address has access to EventKit already, so no company was made.`,
        'Sign in at the address below, or ask again with another e-mail address.',
      ],
      button: 'Open EventKit',
    },
    approved: {
      subject: 'EventKit: your company is ready',
      lines: ({ company, email }) => [
        `${company} is ready in EventKit.`,
        `Open the address below and sign in with ${email}. The account must have exactly this e-mail address.`,
      ],
      button: 'Open EventKit',
    },
    refused: {
      subject: 'EventKit: your company was not taken on',
      lines: ({ company, reason }) => [`${company} was not taken on.`, reason],
      button: null,
    },
  },
  de: {
    greeting: (name) => `Guten Tag ${name},`,
    unexpected: 'Falls diese Nachricht unerwartet kommt, ist nichts weiter zu tun.',
    confirm: {
      subject: 'EventKit: E-Mail-Adresse bestätigen',
      lines: ({ company }) => [
        `für ${company} wurde ein Zugang zu EventKit angefragt.`,
        'Bitte die Adresse unten innerhalb von sieben Tagen öffnen und bestätigen. Danach wird die Firma geprüft.',
      ],
      button: 'Adresse bestätigen',
    },
    known: {
      subject: 'EventKit: Zugang ist schon da',
      lines: ({ email }) => [
        `mit ${email} wurde eine neue Firma angefragt. Diese Adresse hat schon einen Zugang zu EventKit, deshalb wurde keine Firma angelegt.`,
        'Unten geht es zur Anmeldung; für eine weitere Firma braucht es eine andere E-Mail-Adresse.',
      ],
      button: 'EventKit öffnen',
    },
    approved: {
      subject: 'EventKit: Die Firma ist eingerichtet',
      lines: ({ company, email }) => [
        `${company} ist in EventKit eingerichtet.`,
        `Bitte die Adresse unten öffnen und mit ${email} anmelden. Das Konto muss genau diese E-Mail-Adresse haben.`,
      ],
      button: 'EventKit öffnen',
    },
    refused: {
      subject: 'EventKit: Die Firma wurde nicht aufgenommen',
      lines: ({ company, reason }) => [`${company} wurde nicht aufgenommen.`, reason],
      button: null,
    },
  },
};

/** What the server writes to somebody who signs a company up. It goes to an address that nobody may have confirmed. */
export function composeSignUpMail({ kind, signUp, link }: SignUpMailFacts): Mail {
  const { greeting, unexpected, [kind]: own } = words[signUp.locale];
  const { email, reason } = signUp;
  const name = oneLine(signUp.personName);
  return composeLetter({
    language: signUp.locale,
    to: { name, address: email },
    fromName: 'EventKit',
    subject: own.subject,
    sender: { name: 'EventKit', address: [] },
    lines: [greeting(name), ...own.lines({ company: oneLine(signUp.companyName), email, reason })],
    action: own.button === null ? null : { link, label: own.button, colour: '#1f1f1c' },
    closing: unexpected,
  });
}
