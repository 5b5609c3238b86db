/** One e-mail to one person. Texts are plain; what goes into headers is one line. */
export type Mail = {
  readonly to: { readonly name: string; readonly address: string };
  /** Who it says it is from; the address is the mailer's. */
  readonly fromName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

export type Mailer = {
  /** Resolves when a mail server has taken it; throws where none did. */
  send(mail: Mail): Promise<void>;
};
