/** Walking order of shelves: figures by value (A2 before A10), the rest by code unit, so the same on every machine. */
export function compareLocationCodes(a: string, b: string): number {
  const left = partsOf(a);
  const right = partsOf(b);
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = compareParts(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

function partsOf(code: string): string[] {
  return code.match(/\d+|\D+/g) ?? [];
}

function compareParts(a: string, b: string): number {
  const areFigures = /^\d/.test(a) && /^\d/.test(b);
  return areFigures ? compareFigures(a, b) : compareText(a, b);
}

function compareFigures(a: string, b: string): number {
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
