import type { UserId } from '@eventkit/shared/kernel/ids.ts';
import type { ReplicaReader } from './find-asset.ts';

export type SaidPerson = { readonly name: string; readonly isYou: boolean };

/** Who it was; an empty name where this device does not know the person. */
export async function readPerson(replica: ReplicaReader, id: UserId, you: UserId): Promise<SaidPerson> {
  const row = await replica.getOptional<{ name: string }>('SELECT name FROM users WHERE id = ?', [id]);
  return { name: row?.name ?? '', isYou: id === you };
}
