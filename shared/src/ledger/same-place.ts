import type { Place } from './asset-state.ts';

export function samePlace(a: Place, b: Place): boolean {
  return a.kind === b.kind && a.id === b.id;
}
