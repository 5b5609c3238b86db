import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { createListReader, type ListReader, type ListShown, type RowsById } from './create-list-reader.ts';
import type { ListSource } from './list-source.ts';
import type { ListQuestion } from './list-sql.ts';

/** A list as it stands, for as long as the component is there. */
export function useListReader(
  source: ListSource,
  { text, filters, sort, group }: ListQuestion,
): { readonly reader: ListReader; readonly shown: ListShown } {
  const { replica } = usePlatform();
  const reader = useMemo(() => createListReader(replica, source), [replica, source]);
  useEffect(() => () => reader.stop(), [reader]);
  const asked = JSON.stringify({ text, filters, sort, group });
  useEffect(() => reader.ask(JSON.parse(asked) as ListQuestion), [reader, asked]);
  return { reader, shown: useSyncExternalStore(reader.shown.subscribe, reader.shown.current) };
}

/** What of it has been read: for those alone who draw rows. */
export function useReadRows(reader: ListReader): RowsById {
  return useSyncExternalStore(reader.rows.subscribe, reader.rows.current);
}
