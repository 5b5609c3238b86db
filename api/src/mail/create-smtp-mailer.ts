import nodemailer from 'nodemailer';
import type { Mailer } from './mailer.ts';
import { oneLine } from './one-line.ts';

/** Each step of a conversation with the mail server; somebody waits for the end of it. */
const STEP_MS = 5000;

/** Sends through the mail server at `url` (smtp: or smtps:), from the address `from`. */
export function createSmtpMailer({ url, from }: { readonly url: string; readonly from: string }): Mailer {
  const transport = nodemailer.createTransport({
    url,
    dnsTimeout: STEP_MS,
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    // No text of ours is ever a path or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, fromName, subject, text, html }) {
      await transport.sendMail({
        // Beside names the addresses stand apart: no name can become another recipient.
        to: { name: oneLine(to.name), address: to.address },
        from: { name: oneLine(fromName), address: from },
        subject: oneLine(subject),
        text,
        html,
      });
    },
  };
}
