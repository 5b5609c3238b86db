/** The order with one of its ids at another place; the very same order where that place is none, or its own. */
export function moveInOrder(order: readonly string[], id: string, to: number): readonly string[] {
  const from = order.indexOf(id);
  if (from === -1 || to === from || to < 0 || to >= order.length) return order;
  const rest = order.filter((one) => one !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}
