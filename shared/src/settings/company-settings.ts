/** Days of the week as ISO 8601 counts them: Monday is 1, Sunday 7. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** The documents that get numbers, in the order in which a job makes them. */
export const numberedDocuments = ['quote', 'order', 'deliveryNote', 'invoice'] as const;
export type NumberedDocument = (typeof numberedDocuments)[number];

/** What a soft quota counts. */
export const quotas = ['people', 'devices', 'assets', 'storageMegabytes'] as const;
export type Quota = (typeof quotas)[number];

/** What a company decides for itself; the database has a value for each from the start. */
export type CompanySettings = {
  readonly name: string;
  /** Lines as on an envelope, joined by line breaks; empty where none was given. */
  readonly address: string;
  /** ISO 3166-1, two capitals. */
  readonly country: string;
  /** As people write it; empty where none was given. */
  readonly vatId: string;
  readonly taxNumber: string;
  /** ISO 4217, three capitals. */
  readonly currency: string;
  /** The language of what has no reader of its own. */
  readonly locale: string;
  /** A name of the IANA list. */
  readonly timeZone: string;
  readonly workingDays: readonly number[];
  readonly firstDayOfWeek: number;
  readonly numberPatterns: Readonly<Record<NumberedDocument, string>>;
  /** `#rrggbb` in lower case. */
  readonly brandColour: string;
  /** Who mails say they are from; empty: the company by its name. */
  readonly mailSenderName: string;
  /** How long a device works on without the server's word. */
  readonly offlineLeaseHours: number;
  /** How long what was deleted can be brought back. */
  readonly trashDays: number;
  readonly auditYears: number;
  /** Null: no limit. Nothing is refused because of one. */
  readonly quotas: Readonly<Record<Quota, number | null>>;
};
