const OF_POSTGRES = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00(?::?00)?|Z)$/;

/** An instant as the audit trail has it, as instants are written here; another text as it is, for the check to refuse. */
export function instantOfJson(text: string): string {
  const match = OF_POSTGRES.exec(text);
  return match === null ? text : `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(6, '0')}Z`;
}
