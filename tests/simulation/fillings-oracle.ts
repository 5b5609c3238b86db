import type { Told } from './ledger-oracle.ts';

/** Which line each thing at an event stands in for, worked out a second time from what was told (rule PL10). */
export function expectFillings(told: readonly Told[]): ReadonlyMap<string, string> {
  const undone = new Set(
    told.flatMap(({ operation: { intent, deviceId } }) =>
      intent.kind === 'undo' ? [`${intent.operationId} ${deviceId}`] : [],
    ),
  );
  const newest = new Map<string, { readonly order: string; readonly lineId: string | null }>();
  for (const { operation, effectiveAt } of told) {
    const { intent, deviceId, sequence } = operation;
    if (intent.kind !== 'fill_line' || undone.has(`${operation.id} ${deviceId}`)) continue;
    const order = `${effectiveAt} ${deviceId} ${String(sequence).padStart(16, '0')}`;
    const id = `${intent.eventId}:${intent.assetId}`;
    const known = newest.get(id);
    if (known === undefined || order > known.order) newest.set(id, { order, lineId: intent.lineId });
  }
  return new Map([...newest].flatMap(([id, { lineId }]) => (lineId === null ? [] : [[id, lineId]])));
}
