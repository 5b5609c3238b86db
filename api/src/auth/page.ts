import { html } from 'hono/html';

export const PAGE_STYLE_PATH = '/auth/page.css';

export type PageLanguage = 'de' | 'en';

/** German where the browser prefers it to English; English in all other cases. */
export function pageLanguageOf(acceptLanguage: string | undefined): PageLanguage {
  const first = (acceptLanguage ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((tag) => tag === 'de' || tag === 'en');
  return first === 'de' ? 'de' : 'en';
}

/** The few pages that the server itself shows: without script, in the app's colours, light or dark as the device is set. */
export function renderPage(language: PageLanguage, title: string, content: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="theme-color" content="#fafaf9" media="(prefers-color-scheme: light)" />
    <meta name="theme-color" content="#0f0f0e" />
    <title>${title} · EventKit</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="${PAGE_STYLE_PATH}" />
  </head>
  <body>
    <main>
      <p class="brand">EventKit</p>
      ${content}
    </main>
  </body>
</html>`;
}

export const PAGE_STYLE = `:root {
  color-scheme: dark;
  --background: oklch(0.165 0.004 100);
  --card: oklch(0.205 0.004 100);
  --hover: oklch(0.265 0.006 100);
  --border: oklch(0.3 0.005 100);
  --input: oklch(0.53 0.008 100);
  --foreground: oklch(0.945 0.005 100);
  --muted: oklch(0.745 0.008 100);
  --primary: oklch(0.74 0.115 243);
  --on-primary: oklch(0.17 0.03 245);
  --ring: oklch(0.82 0.1 240);
  --fault: oklch(0.76 0.13 25);
}
@media (prefers-color-scheme: light) {
  :root {
    color-scheme: light;
    --background: oklch(0.985 0.002 100);
    --card: oklch(1 0 0);
    --hover: oklch(0.95 0.004 100);
    --border: oklch(0.875 0.004 100);
    --input: oklch(0.62 0.008 100);
    --foreground: oklch(0.21 0.006 100);
    --muted: oklch(0.44 0.008 100);
    --primary: oklch(0.5 0.13 248);
    --on-primary: oklch(0.99 0 0);
    --ring: oklch(0.5 0.13 248);
    --fault: oklch(0.48 0.19 28);
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100dvh;
  display: grid;
  place-items: center;
  padding: 24px 16px;
  background: var(--background);
  color: var(--foreground);
  font: 16px/1.4 'IBM Plex Sans', ui-sans-serif, system-ui, 'Segoe UI', Roboto, sans-serif;
}
main { width: 100%; max-width: 420px; }
.brand { margin: 0 0 24px; color: var(--muted); font-weight: 600; letter-spacing: 0.02em; }
h1 { margin: 0 0 8px; font-size: 26px; font-weight: 600; line-height: 1.2; }
p { margin: 0 0 24px; color: var(--muted); }
h2 { margin: 24px 0 8px; font-size: 14px; font-weight: 600; color: var(--muted); }
ul { list-style: none; margin: 0; padding: 0; border: 1px solid var(--border); border-radius: 6px; overflow: hidden; }
li + li { border-top: 1px solid var(--border); }
button.person {
  all: unset;
  box-sizing: border-box;
  display: grid;
  grid-template-columns: 1fr auto;
  gap: 2px 16px;
  align-items: center;
  width: 100%;
  min-height: 64px;
  padding: 12px 16px;
  background: var(--card);
  cursor: pointer;
  touch-action: manipulation;
}
button.person:hover { background: var(--hover); }
button.person:focus-visible { outline: 2px solid var(--ring); outline-offset: -2px; }
.name { font-weight: 600; }
.mail { grid-column: 1; color: var(--muted); font-size: 14px; overflow-wrap: anywhere; }
.role { grid-column: 2; grid-row: 1 / span 2; padding: 4px 10px; border: 1px solid var(--border); border-radius: 3px; font-size: 14px; color: var(--muted); }
a.action {
  display: grid;
  place-items: center;
  min-height: 56px;
  border-radius: 4px;
  background: var(--primary);
  color: var(--on-primary);
  font-weight: 600;
  text-decoration: none;
}
a.action:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; }
.fields { display: grid; gap: 16px; margin: 0 0 24px; }
.field { display: grid; gap: 6px; }
label { font-size: 14px; font-weight: 600; }
input, select {
  width: 100%;
  min-height: 48px;
  padding: 10px 12px;
  border: 1px solid var(--input);
  border-radius: 4px;
  background: var(--card);
  color: var(--foreground);
  font: inherit;
}
input:focus-visible, select:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; }
input[aria-invalid='true'] { border-color: var(--fault); }
.hint, .fault { font-size: 14px; color: var(--muted); }
.hint:empty { display: none; }
.fault { color: var(--fault); }
button.action {
  min-height: 56px;
  border: 0;
  border-radius: 4px;
  background: var(--primary);
  color: var(--on-primary);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
  touch-action: manipulation;
}
button.action:focus-visible, .aside a:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; }
.aside { margin: 0 0 8px; font-size: 14px; }
.aside a { color: var(--primary); }
code { font-family: 'IBM Plex Mono', ui-monospace, Consolas, monospace; font-size: 14px; }
`;
