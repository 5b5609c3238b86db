import type { ServiceImpl } from '@connectrpc/connect';
import { readCompanySettings } from '@eventkit/database/read-company-settings.ts';
import { type TenantTransaction, withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { TenantService } from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import type pg from 'pg';
import { callerOf } from '#http/caller.ts';
import { orRefuse } from '#http/or-refuse.ts';
import { scopeOf } from '#http/scope-of.ts';
import { changeSettings } from './change-settings.ts';
import { settingsOf, storedSettingsMessage } from './settings-messages.ts';
import { countUse, readSettingsVersion } from './settings-store.ts';

/** What the caller's company decides for itself. */
export function createTenantService({ pool }: { readonly pool: pg.Pool }): ServiceImpl<typeof TenantService> {
  return {
    async getSettings(_request, context) {
      // All of one moment, or the version would not be that of the settings.
      return withTenant(
        pool,
        scopeOf(callerOf(context)),
        async (tx) => ({ stored: await readStored(tx), used: await countUse(tx) }),
        { isReadOnly: true, isolation: 'repeatable read' },
      );
    },

    async updateSettings({ settings, version }, context) {
      const caller = callerOf(context);
      if (settings === undefined) throw new Error('a request that was not looked at');
      const wanted = settingsOf(settings);
      return withTenant(pool, scopeOf(caller), async (tx) => {
        orRefuse(await changeSettings(tx, caller, wanted, version));
        return { stored: await readStored(tx) };
      });
    },
  };
}

async function readStored(tx: TenantTransaction) {
  return storedSettingsMessage(await readCompanySettings(tx), await readSettingsVersion(tx));
}
