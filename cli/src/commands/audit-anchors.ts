import { readAnchor } from '@eventkit/database/audit/read-anchor.ts';
import { createPool } from '@eventkit/database/pool.ts';
import type { Config } from '#config.ts';
import { listCompanies } from './list-companies.ts';
import { withDatabase } from './with-database.ts';

/** Prints the newest link of each company's trail, a line of JSON each, as `audit verify` takes them. */
export function auditAnchors(config: Config): Promise<void> {
  return withDatabase(config, async (ownerUrl) => {
    const pool = createPool({
      url: ownerUrl,
      role: 'owner',
      max: 1,
      applicationName: 'eventkit audit anchors',
    });
    try {
      for (const { tenantId } of await listCompanies(pool)) {
        const anchor = await readAnchor(pool, tenantId);
        if (anchor !== null) console.log(JSON.stringify(anchor));
      }
    } finally {
      await pool.end();
    }
  });
}
