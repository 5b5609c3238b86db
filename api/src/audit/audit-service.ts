import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';
import { atOnceWithTenant } from '@eventkit/database/tenant-transaction.ts';
import {
  type AuditService,
  ChangeAction,
  type ChangeSchema,
} from '@eventkit/proto/gen/eventkit/v1/audit_pb.ts';
import { type Instant, instantOfMicros, microsOf } from '@eventkit/shared/kernel/instant.ts';
import type pg from 'pg';
import { callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { decodePageToken, encodePageToken, pageOf, pageSizeOf } from '#http/page-token.ts';
import { scopeOf } from '#http/scope-of.ts';
import { type ChangeFilter, type ChangePosition, type ChangeRow, listChanges } from './audit-store.ts';

/** Who changed what in the caller's company. */
export function createAuditService({ pool }: { readonly pool: pg.Pool }): ServiceImpl<typeof AuditService> {
  return {
    async listChanges(request, context) {
      const caller = callerOf(context);
      const filter: ChangeFilter = {
        tableName: textOf(request.tableName),
        rowId: textOf(request.rowId),
        userId: request.userId?.toLowerCase() ?? null,
        from: instantOf(request.fromMicros),
        until: instantOf(request.untilMicros),
      };
      const list = `changes:${JSON.stringify(filter)}`;
      const after = positionOf(list, request.pageToken);
      const size = pageSizeOf(request.pageSize);
      const found = await atOnceWithTenant(
        pool,
        scopeOf(caller),
        (tx) => listChanges(tx, caller.tenantId, filter, { after, limit: size + 1 }),
        { isReadOnly: true },
      );
      const page = pageOf(found, size, ({ at, id }) => encodePageToken(list, [at, id]));
      return { changes: page.rows.map(messageOf), nextPageToken: page.nextPageToken };
    },
  };
}

/** Null where nothing is asked for. */
function textOf(text: string): string | null {
  return text === '' ? null : text;
}

function instantOf(micros: bigint | undefined): Instant | null {
  return micros === undefined ? null : instantOfMicros(micros);
}

function positionOf(list: string, token: string): ChangePosition | null {
  const position = decodePageToken(list, ['instant', 'string'], token);
  if (!position.ok) throw connectErrorOf(position.error);
  if (position.value === null) return null;
  const [at, id] = position.value as [Instant, string];
  if (!/^\d{1,18}$/.test(id)) throw connectErrorOf({ tag: 'bad_page_token', field: 'page_token' });
  return { at, id };
}

const actions = {
  insert: ChangeAction.INSERT,
  update: ChangeAction.UPDATE,
  delete: ChangeAction.DELETE,
} as const;

/** Of no use to people, and nothing to be passed around. */
const CONCEALED: ReadonlySet<string> = new Set(['secret_hash']);

function messageOf(row: ChangeRow): MessageInitShape<typeof ChangeSchema> {
  const fields = Object.entries(row.changes).filter(([name]) => !CONCEALED.has(name));
  return {
    atMicros: microsOf(row.at),
    tableName: row.tableName,
    rowId: row.rowId,
    action: actions[row.action],
    fields: fields.map(([name, [before, since]]) => ({
      name,
      oldJson: row.action === 'insert' ? '' : JSON.stringify(before),
      newJson: row.action === 'delete' ? '' : JSON.stringify(since),
    })),
    userId: row.userId ?? '',
    userName: row.userName ?? '',
    deviceName: row.deviceName ?? '',
    operationId: row.operationId ?? '',
    requestId: row.requestId ?? '',
  };
}
