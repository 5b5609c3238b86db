/** What the order of facts goes by. */
export type Ordered = {
  readonly effectiveAt: string;
  readonly deviceId: string;
  readonly sequence: number;
  readonly id: string;
};

/** [LG1] Orders facts by when they happened, then device, sequence and id: a total order, the same everywhere. */
export function compareMovements(a: Ordered, b: Ordered): number {
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
