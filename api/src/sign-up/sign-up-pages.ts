import { html } from 'hono/html';
import { type PageLanguage, renderPage } from '#auth/page.ts';
import type { SignUpField, TypedSignUp } from './read-sign-up.ts';
import { SIGN_UP_PATH } from './sign-up-link.ts';
import { type SignUpMessage, type SignUpWords, signUpWords } from './sign-up-words.ts';

/** What there is to fill in, as it was typed, with what is not in order. Needs no script. */
export function renderSignUpForm(
  language: PageLanguage,
  typed: TypedSignUp,
  wrong: readonly SignUpField[] = [],
) {
  const words = signUpWords[language];
  const text = (field: SignUpField, type: 'text' | 'email', autocomplete: string) =>
    labelled(
      words,
      field,
      wrong,
      html`<input
        id="${field}"
        name="${field}"
        type="${type}"
        maxlength="254"
        required
        autocomplete="${autocomplete}"
        value="${typed[field]}"
        aria-describedby="${field}-note"
        aria-invalid="${wrong.includes(field)}"
      />`,
    );
  const choice = (field: SignUpField, choices: readonly (readonly [value: string, shown: string])[]) =>
    labelled(
      words,
      field,
      wrong,
      html`<select id="${field}" name="${field}" aria-describedby="${field}-note">
        ${choices.map(([value, shown]) =>
          value === typed[field]
            ? html`<option value="${value}" selected>${shown}</option>`
            : html`<option value="${value}">${shown}</option>`,
        )}
      </select>`,
    );
  return renderPage(
    language,
    words.title,
    html`<h1>${words.title}</h1>
      <p>${words.explanation}</p>
      <form class="fields" method="post" action="${SIGN_UP_PATH}">
        ${text('companyName', 'text', 'organization')}
        ${text('personName', 'text', 'name')}
        ${text('email', 'email', 'email')}
        ${choice('locale', [
          ['de', words.languages.de],
          ['en', words.languages.en],
        ])}
        ${choice('timeZone', timeZones)}
        ${choice('currency', currencies(language))}
        <button class="action">${words.submit}</button>
      </form>
      <p class="aside">${words.privacy}</p>
      <p class="aside"><a href="/auth/login">${words.signIn}</a></p>`,
  );
}

/** What somebody with a good link is asked: opening a link confirms nothing, as programs that guard mail open them too. */
export function renderConfirmForm(language: PageLanguage, company: string, path: string) {
  const words = signUpWords[language];
  return renderPage(
    language,
    words.confirmTitle,
    html`<h1>${words.confirmTitle}</h1>
      <p>${words.confirmText(company)}</p>
      <form class="fields" method="post" action="${path}">
        <button class="action">${words.confirm}</button>
      </form>`,
  );
}

/** How things stand. */
export function renderSignUpMessage(language: PageLanguage, message: SignUpMessage) {
  const { title, text } = signUpWords[language].messages[message];
  const { signIn } = signUpWords[language];
  return renderPage(
    language,
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>
      ${message === 'approved' ? html`<a class="action" href="/auth/login">${signIn}</a>` : ''}`,
  );
}

function labelled(
  { labels, hints, faults }: SignUpWords,
  field: SignUpField,
  wrong: readonly SignUpField[],
  control: ReturnType<typeof html>,
) {
  const isWrong = wrong.includes(field);
  const note = isWrong ? faults[field] : (hints[field] ?? '');
  return html`<div class="field">
    <label for="${field}">${labels[field]}</label>
    ${control}
    <span id="${field}-note" class="${isWrong ? 'fault' : 'hint'}">${note}</span>
  </div>`;
}

const timeZones = ['UTC', ...Intl.supportedValuesOf('timeZone')].map(
  (name) => [name, name.replaceAll('_', ' ')] as const,
);

/** The usual ones first, as everybody scrolls past the others. */
function currencies(language: PageLanguage): readonly (readonly [string, string])[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' });
  const usual = ['EUR', 'CHF', 'GBP', 'USD'];
  const others = Intl.supportedValuesOf('currency').filter((code) => !usual.includes(code));
  return [...usual, ...others].map((code) => [code, `${code} · ${names.of(code) ?? code}`] as const);
}
