import { html } from 'hono/html';
import { type PageLanguage, renderPage } from './page.ts';

/** What can go wrong between the sign-in button and the app. */
export type SignInProblem =
  | 'unknown_user'
  | 'unverified_email'
  | 'several_companies'
  | 'other_account'
  | 'no_role'
  | 'sign_in_expired'
  | 'sign_in_failed'
  | 'provider_unreachable'
  | 'too_many';

const words: Readonly<
  Record<PageLanguage, Readonly<Record<SignInProblem | 'title' | 'again' | 'number', string>>>
> = {
  en: {
    title: 'Not signed in',
    again: 'Sign in again',
    number: 'Number for support:',
    unknown_user:
      'This account is not a user of EventKit. Ask your administrator to add your e-mail address.',
    unverified_email:
      'The sign-in service has not confirmed your e-mail address. Confirm it there, then sign in again.',
    several_companies:
      'This e-mail address belongs to several companies. Ask your administrator which account to use.',
    other_account: 'This e-mail address is tied to another account. Ask your administrator to release it.',
    no_role:
      'The sign-in service gives this account no role in EventKit. An administrator can give it one there.',
    sign_in_expired: 'Signing in took too long, or was started in another window. Nothing is lost.',
    sign_in_failed: 'The sign-in was not completed. Nothing is lost.',
    provider_unreachable:
      'The sign-in service does not answer. What you record on this device is kept meanwhile.',
    too_many: 'Too many attempts came from your network. Wait half a minute, then sign in again.',
  },
  de: {
    title: 'Nicht angemeldet',
    again: 'Erneut anmelden',
    number: 'Nummer für Rückfragen:',
    unknown_user:
      'Dieses Konto ist in EventKit nicht bekannt. Die Administration der Firma kann die E-Mail-Adresse eintragen.',
    unverified_email:
      'Die E-Mail-Adresse ist beim Anmeldedienst noch nicht bestätigt. Dort bestätigen und noch einmal anmelden.',
    several_companies:
      'Diese E-Mail-Adresse gehört zu mehreren Firmen. Die Administration weiß, welches Konto gilt.',
    other_account:
      'Diese E-Mail-Adresse ist mit einem anderen Konto verbunden. Die Administration der Firma kann sie freigeben.',
    no_role:
      'Der Anmeldedienst gibt diesem Konto keine Rolle in EventKit. Die Administration kann dort eine vergeben.',
    sign_in_expired:
      'Die Anmeldung hat zu lange gedauert oder lief in einem anderen Fenster. Nichts ist verloren.',
    sign_in_failed: 'Die Anmeldung wurde nicht abgeschlossen. Nichts ist verloren.',
    provider_unreachable:
      'Der Anmeldedienst antwortet nicht. Was auf diesem Gerät erfasst wird, bleibt erhalten.',
    too_many: 'Aus diesem Netz kamen zu viele Versuche. In einer halben Minute noch einmal anmelden.',
  },
};

/** Says in plain words why nobody was signed in, and leads back. */
export function renderProblemPage(language: PageLanguage, problem: SignInProblem, requestId: string) {
  const text = words[language];
  return renderPage(
    language,
    text.title,
    html`<h1>${text.title}</h1>
      <p>${text[problem]}</p>
      <p>${text.number} <code>${requestId}</code></p>
      <a class="action" href="/auth/login">${text.again}</a>`,
  );
}
