import { readFile } from 'node:fs/promises';
import type { Anchor } from '@eventkit/database/audit/link-trails.ts';
import { type TrailReport, verifyTrail } from '@eventkit/database/audit/verify-trail.ts';
import { createPool } from '@eventkit/database/pool.ts';
import { CliError } from '#cli-error.ts';
import type { Config } from '#config.ts';
import type { TrailOptions } from '#parse-arguments.ts';
import { describeTrail } from './describe-trail.ts';
import { listCompanies } from './list-companies.ts';
import { readAnchors } from './read-anchors.ts';
import { withDatabase } from './with-database.ts';

/** Says of each company whether its audit trail is as it was written; the exit code is 1 unless all are. */
export async function auditVerify(
  config: Config,
  { company, anchors: file, json }: TrailOptions & { readonly json: boolean },
): Promise<void> {
  const anchors = file === undefined ? [] : await readAnchorFile(file);
  await withDatabase(config, async (ownerUrl) => {
    const pool = createPool({
      url: ownerUrl,
      role: 'owner',
      max: 1,
      applicationName: 'eventkit audit verify',
    });
    try {
      const companies = await listCompanies(pool);
      const asked = companies.filter(({ slug }) => company === undefined || slug === company);
      if (company !== undefined && asked.length === 0)
        throw new CliError(`There is no company "${company}".`);
      const reports: { readonly slug: string; readonly report: TrailReport }[] = [];
      for (const { tenantId, slug } of asked)
        reports.push({ slug, report: await verifyTrail(pool, tenantId, anchors) });
      if (json)
        console.log(JSON.stringify(reports.map(({ slug, report }) => ({ company: slug, ...report }))));
      else console.log(reports.map(({ slug, report }) => describeTrail(slug, report)).join('\n'));
      if (reports.some(({ report }) => report.fault !== null)) process.exitCode = 1;
    } finally {
      await pool.end();
    }
  });
}

async function readAnchorFile(file: string): Promise<readonly Anchor[]> {
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw new CliError(`${file} cannot be read.`, { cause: thrown });
  });
  const anchors = readAnchors(text);
  if (!anchors.ok) throw new CliError(`${file}: ${anchors.error}`);
  return anchors.value;
}
