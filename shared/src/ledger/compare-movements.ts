import type { Movement } from './movement.ts';

/** [LG1] Orders facts by when they happened, then device, sequence and id: a total order, the same everywhere. */
export function compareMovements(a: Movement, b: Movement): number {
  return (
    compareText(a.effectiveAt, b.effectiveAt) ||
    compareText(a.deviceId, b.deviceId) ||
    a.sequence - b.sequence ||
    compareText(a.id, b.id)
  );
}

/** By code unit, never by locale: text order must not depend on the machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
