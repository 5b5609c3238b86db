// Fails where something that ships has a licence that docs/decisions/0005 does not allow.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAllowed, readAllowedLicences } from './licence-rules.ts';
import { askPnpm } from './pnpm.ts';

type Listed = Readonly<
  Record<string, readonly { readonly name: string; readonly versions: readonly string[] }[]>
>;

const decision = readFileSync(join(import.meta.dirname, '../docs/decisions/0005-licences.md'), 'utf8');
const allowed = readAllowedLicences(decision);
const listed = JSON.parse(askPnpm('licenses', 'list', '--json', '-r', '--prod')) as Listed;
const count = Object.values(listed).flat().length;
const refused = Object.entries(listed).filter(([expression]) => !isAllowed(expression, allowed));

for (const [expression, packages] of refused) {
  const names = packages.map(({ name, versions }) => `${name}@${versions.join(', ')}`);
  console.error(`${expression}: ${names.join('; ')}`);
}
if (refused.length > 0)
  console.error('These licences are not among those of docs/decisions/0005-licences.md.');
// A list without packages says nothing of any.
process.exitCode = refused.length === 0 && count > 0 ? 0 : 1;
