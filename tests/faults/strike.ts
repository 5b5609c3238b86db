import { dropSlot } from '@eventkit/sync-server/testing/drop-slot.ts';
import type { RandomSource } from '#simulation/random-source.ts';
import type { RealServer } from './real-server.ts';

/** server: SIGKILL of EventKit; database: SIGKILL or immediate stop of PostgreSQL; slot: dropped while it is read. */
export type Victim = 'server' | 'database' | 'slot';

/** Resolves when what was struck is being started again. */
export async function strike(server: RealServer, victim: Victim, random: RandomSource): Promise<void> {
  switch (victim) {
    case 'server':
      await server.kill();
      return server.start();
    case 'database':
      return server.crashDatabase(random.pick(['SIGKILL', 'SIGQUIT']));
    case 'slot':
      return dropSlot(server.ownerPool);
  }
}
