import { useMemo } from 'react';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import type { Variance } from './compare-line.ts';
import { NAMES, type NameRow } from './stocktake-queries.ts';

/** What an id is called; the full form of a unit says what it is one of, beside its code. */
export type NameOf = (id: string | null | undefined, form?: 'short' | 'full') => string;

/** Names of everything that these differences speak of, and of some people besides. */
export function useNames(variances: readonly Variance[], besides: readonly (string | null)[]): NameOf {
  const ids = useMemo(() => {
    const named = variances.flatMap(({ thing, seen, expected, countedBy, outcome }) => [
      thing.kind === 'asset' ? thing.assetId : thing.kind === 'stock' ? thing.productId : null,
      thing.kind === 'stock' ? thing.place.id : null,
      seen?.id ?? null,
      expected?.place?.id ?? null,
      outcome === 'unknown_code' ? countedBy : null,
    ]);
    return JSON.stringify([...new Set([...named, ...besides].filter((id) => id !== null))].toSorted());
  }, [variances, besides]);
  const { rows, status } = useLiveQuery<NameRow>(NAMES, [ids]);
  return useMemo(() => {
    const rowById = new Map(rows.map((row) => [row.id, row]));
    return (id, form = 'short') => {
      const row = id == null ? undefined : rowById.get(id);
      if (row === undefined) return status === 'loading' ? '' : '?';
      return form === 'full' && row.product !== null ? `${row.name} · ${row.product}` : row.name;
    };
  }, [rows, status]);
}
