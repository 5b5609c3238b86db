import { letteringOn } from '@eventkit/shared/settings/lettering-on.ts';
import { html } from 'hono/html';
import type { Mail } from './mailer.ts';
import { oneLine } from './one-line.ts';

export type MailLanguage = 'en' | 'de';

/** What a letter consists of, each a line of plain text that holds whatever people typed. */
export type Letter = {
  readonly language: MailLanguage;
  readonly to: { readonly name: string; readonly address: string };
  readonly fromName: string;
  readonly subject: string;
  /** Whose letter it is, above and below it. */
  readonly sender: { readonly name: string; readonly address: readonly string[] };
  readonly lines: readonly string[];
  /** Null: a letter that leads nowhere. */
  readonly action: { readonly link: string; readonly label: string; readonly colour: string } | null;
  readonly closing: string;
};

/** A letter as text and as HTML that looks the same in every mail program. */
export function composeLetter({ language, to, fromName, subject, action, ...letter }: Letter): Mail {
  const lines = letter.lines.map(oneLine);
  const sender = [letter.sender.name, ...letter.sender.address].map(oneLine).filter(Boolean);
  const link = action === null ? [] : [action.link];
  return {
    to: { name: oneLine(to.name), address: to.address },
    fromName: oneLine(fromName),
    subject: oneLine(subject),
    text: [...lines, ...link, letter.closing, sender.join('\n')].join('\n\n').concat('\n'),
    html: String(html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="color-scheme" content="light dark" />
    <title>${oneLine(subject)}</title>
  </head>
  <body style="margin:0;padding:24px;font:16px/1.5 'IBM Plex Sans',Helvetica,Arial,sans-serif">
    <div style="max-width:34em">
      <p style="margin:0 0 24px;font-weight:600;font-size:18px">${sender[0] ?? ''}</p>
      ${lines.map((line) => html`<p style="margin:0 0 16px">${line}</p>`)}
      ${
        action === null
          ? ''
          : html`<p style="margin:24px 0">
        <a
          href="${action.link}"
          style="display:inline-block;padding:12px 20px;border-radius:6px;background:${action.colour};color:${letteringOn(action.colour)};font-weight:600;text-decoration:none"
          >${action.label}</a
        >
      </p>
      <p style="margin:0 0 24px"><a href="${action.link}">${action.link}</a></p>`
      }
      <p style="margin:0 0 16px;font-size:14px;opacity:0.75">${letter.closing}</p>
      <p style="margin:0;font-size:14px;opacity:0.75">
        ${sender.map((line) => html`${line}<br />`)}
      </p>
    </div>
  </body>
</html>
`),
  };
}
