import type { PageLanguage } from '#auth/page.ts';
import type { SignUpField } from './read-sign-up.ts';

/** What a page says when there is nothing to fill in. */
export type SignUpMessage =
  | 'closed'
  | 'sent'
  | 'waiting'
  | 'approved'
  | 'refused'
  | 'gone'
  | 'too_many'
  | 'other_site';

type Message = { readonly title: string; readonly text: string };

export type SignUpWords = {
  readonly title: string;
  readonly explanation: string;
  readonly labels: Readonly<Record<SignUpField, string>>;
  readonly hints: Readonly<Partial<Record<SignUpField, string>>>;
  readonly faults: Readonly<Record<SignUpField, string>>;
  readonly languages: Readonly<Record<'de' | 'en', string>>;
  readonly submit: string;
  readonly privacy: string;
  readonly signIn: string;
  readonly confirmTitle: string;
  readonly confirmText: (company: string) => string;
  readonly confirm: string;
  readonly messages: Readonly<Record<SignUpMessage, Message>>;
};

export const signUpWords: Readonly<Record<PageLanguage, SignUpWords>> = {
  en: {
    title: 'Sign up your company',
    explanation: 'A person looks at each request. You get an e-mail once your company is ready.',
    labels: {
      companyName: 'Company',
      personName: 'Your name',
      email: 'Your e-mail address',
      locale: 'Language',
      timeZone: 'Time zone',
      currency: 'Currency',
    },
    hints: { email: 'You will sign in with this address and be the first administrator.' },
    faults: {
      companyName: 'A name of at most 100 characters in one script, with a letter from a to z or a digit.',
      personName: 'A name of at most 100 characters in one script.',
      email: 'An e-mail address such as lea@example.com.',
      locale: 'English or German.',
      timeZone: 'A time zone from the list.',
      currency: 'A currency from the list.',
    },
    languages: { de: 'Deutsch', en: 'English' },
    submit: 'Send request',
    privacy: 'Requests that nobody confirms are deleted after seven days.',
    signIn: 'Sign in instead',
    confirmTitle: 'Is this your e-mail address?',
    confirmText: (company) => `Access to EventKit was asked for, for ${company}.`,
    confirm: 'Yes, confirm',
    messages: {
      closed: {
        title: 'No sign-up here',
        text: 'Companies are added by whoever runs this server. Ask them for access.',
      },
      sent: {
        title: 'Look into your mail',
        text: 'An e-mail is on its way and arrives within a few minutes. Open the link in it to go on.',
      },
      waiting: {
        title: 'Your company is being looked at',
        text: 'Your address is confirmed. You get an e-mail as soon as it is decided; this page says so too.',
      },
      approved: {
        title: 'Your company is ready',
        text: 'Sign in with the e-mail address that you gave.',
      },
      refused: { title: 'Your company was not taken on', text: 'The reason is in the e-mail that you got.' },
      gone: {
        title: 'This link leads nowhere',
        text: 'It is not whole, or its request was deleted. Ask again if you still want access.',
      },
      too_many: {
        title: 'Too many requests',
        text: 'Too many requests came from your network. Try again in an hour.',
      },
      other_site: {
        title: 'Not sent',
        text: 'This did not come from a page of EventKit. Nothing was sent.',
      },
    },
  },
  de: {
    title: 'Firma anmelden',
    explanation:
      'Jede Anfrage wird von einem Menschen geprüft. Sobald die Firma eingerichtet ist, kommt eine E-Mail.',
    labels: {
      companyName: 'Firma',
      personName: 'Eigener Name',
      email: 'Eigene E-Mail-Adresse',
      locale: 'Sprache',
      timeZone: 'Zeitzone',
      currency: 'Währung',
    },
    hints: { email: 'Mit dieser Adresse wird angemeldet; sie gehört der ersten Administration.' },
    faults: {
      companyName:
        'Höchstens 100 Zeichen in einer Schrift, mit einem Buchstaben von a bis z oder einer Ziffer.',
      personName: 'Höchstens 100 Zeichen in einer Schrift.',
      email: 'Eine E-Mail-Adresse wie lea@example.com.',
      locale: 'Deutsch oder Englisch.',
      timeZone: 'Eine Zeitzone aus der Liste.',
      currency: 'Eine Währung aus der Liste.',
    },
    languages: { de: 'Deutsch', en: 'English' },
    submit: 'Anfrage senden',
    privacy: 'Anfragen, die niemand bestätigt, werden nach sieben Tagen gelöscht.',
    signIn: 'Stattdessen anmelden',
    confirmTitle: 'E-Mail-Adresse bestätigen',
    confirmText: (company) => `Für ${company} wurde ein Zugang zu EventKit angefragt.`,
    confirm: 'Bestätigen',
    messages: {
      closed: {
        title: 'Keine Anmeldung von Firmen',
        text: 'Firmen legt an, wer diesen Server betreibt. Dort gibt es den Zugang.',
      },
      sent: {
        title: 'E-Mail ist unterwegs',
        text: 'Sie kommt in wenigen Minuten. Mit dem Link darin geht es weiter.',
      },
      waiting: {
        title: 'Die Firma wird geprüft',
        text: 'Die Adresse ist bestätigt. Sobald entschieden ist, kommt eine E-Mail; auch diese Seite sagt es dann.',
      },
      approved: {
        title: 'Die Firma ist eingerichtet',
        text: 'Die Anmeldung geht mit der angegebenen E-Mail-Adresse.',
      },
      refused: { title: 'Die Firma wurde nicht aufgenommen', text: 'Der Grund steht in der E-Mail dazu.' },
      gone: {
        title: 'Dieser Link führt nirgendwohin',
        text: 'Er ist nicht vollständig, oder die Anfrage wurde gelöscht. Eine neue Anfrage ist möglich.',
      },
      too_many: {
        title: 'Zu viele Anfragen',
        text: 'Aus diesem Netz kamen zu viele Anfragen. In einer Stunde noch einmal versuchen.',
      },
      other_site: {
        title: 'Nicht gesendet',
        text: 'Das kam nicht von einer Seite von EventKit. Es wurde nichts gesendet.',
      },
    },
  },
};
