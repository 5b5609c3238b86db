import type { Role } from '@eventkit/shared/permissions/roles.ts';
import { html } from 'hono/html';
import { type PageLanguage, renderPage } from '#auth/page.ts';
import type { DemoAccount } from './demo-account.ts';

const words: Readonly<
  Record<
    PageLanguage,
    { readonly title: string; readonly explanation: string; readonly roles: Readonly<Record<Role, string>> }
  >
> = {
  en: {
    title: 'Who are you today?',
    explanation: 'This is a demo on this machine: choose a person, no password needed.',
    roles: {
      admin: 'Admin',
      manager: 'Manager',
      planner: 'Planner',
      warehouse: 'Warehouse',
      sales: 'Sales',
      crew: 'Crew',
      read_only: 'Read-only',
      custom: 'Own role',
    },
  },
  de: {
    title: 'Wer ist heute hier?',
    explanation:
      'Das ist eine Vorführung auf diesem Rechner: eine Person wählen, ein Passwort braucht es nicht.',
    roles: {
      admin: 'Administration',
      manager: 'Leitung',
      planner: 'Planung',
      warehouse: 'Lager',
      sales: 'Vertrieb',
      crew: 'Crew',
      read_only: 'Nur lesen',
      custom: 'Eigene Rolle',
    },
  },
};

/** The demo users by company; each is one large button of a form that posts `account`. */
export function renderLoginPage(language: PageLanguage, accounts: readonly DemoAccount[]) {
  const { title, explanation, roles } = words[language];
  const companies = [...Map.groupBy(accounts, ({ company }) => company)];
  return renderPage(
    language,
    title,
    html`<h1>${title}</h1>
      <p>${explanation}</p>
      <form method="post">
        ${companies.map(
          ([company, people]) => html`<h2>${company}</h2>
            <ul>
              ${people.map(
                ({ id, name, email, role }) => html`<li>
                  <button class="person" name="account" value="${id}">
                    <span class="name">${name}</span><span class="mail">${email}</span
                    ><span class="role">${roles[role]}</span>
                  </button>
                </li>`,
              )}
            </ul>`,
        )}
      </form>`,
  );
}
