/**
 * For how many years the law asks for the records that the audit trail is part of: seven in Austria (BAO § 132), ten in
 * Germany (HGB § 257) and Switzerland (OR Art. 958f). Ten where nobody has told us better.
 */
export function fewestAuditYears(country: string): number {
  return country === 'AT' ? 7 : 10;
}
