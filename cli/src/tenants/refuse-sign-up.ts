import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { CliError } from '#cli-error.ts';
import type { Config } from '#config.ts';
import type { SignUpOptions } from '#parse-arguments.ts';
import { decide, problemOf } from './decide.ts';
import { withOwnerPool } from './with-owner-pool.ts';

const LONGEST_REASON = 1000;

/** Does not let a company in; it is mailed the reason. */
export async function refuseSignUp(config: Config, { id, reason = '', json }: SignUpOptions): Promise<void> {
  if (!isUuid(id)) throw new CliError(problemOf.unknown);
  if (reason.length > LONGEST_REASON)
    throw new CliError(`--reason may have ${LONGEST_REASON} characters at most.`);
  await withOwnerPool(config, async (pool) => {
    const tenantId = id.toLowerCase();
    const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: 'tenants refuse' };
    const decided = await withTenant(pool, scope, (tx) => decide(tx, 'refused', reason.trim()));
    if (!decided.ok) throw new CliError(problemOf[decided.error.tag]);
    console.log(
      json
        ? JSON.stringify({ id: tenantId, state: 'refused' })
        : 'Not let in. The reason is mailed within a minute, as soon as the server does its jobs.',
    );
  });
}
