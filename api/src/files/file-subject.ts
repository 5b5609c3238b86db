import type { Permission } from '@eventkit/shared/permissions/roles.ts';

/** The record that files are kept with. */
export type FileSubject = { readonly kind: FileSubjectKind; readonly id: string };
export type FileSubjectKind = keyof typeof fileSubjects;

/** Which records can have files: the column that names one, and the rights that its files take after. */
export const fileSubjects = {
  asset: { column: 'asset_id', reads: 'inventory:read', writes: 'inventory:write' },
  product: { column: 'product_id', reads: 'inventory:read', writes: 'inventory:write' },
  event: { column: 'event_id', reads: 'planning:read', writes: 'planning:write' },
} as const satisfies Record<string, { column: string; reads: Permission; writes: Permission }>;

export function isFileSubjectKind(text: string): text is FileSubjectKind {
  return Object.hasOwn(fileSubjects, text);
}
