import type { ListSearch } from '#platform/lists/list-address.ts';

/** The list itself, which is loaded with its screen, takes apart what an address says. */
export function listSearch(search: Record<string, unknown>): ListSearch {
  return search;
}
