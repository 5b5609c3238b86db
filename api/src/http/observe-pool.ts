import type pg from 'pg';
import { Gauge, type Registry } from 'prom-client';

/** eventkit_database_connections by state: in use, idle, and calls that wait for one. */
export function observePool(registry: Registry, pool: pg.Pool): void {
  new Gauge({
    name: 'eventkit_database_connections',
    help: 'Connections of the API to the database, and calls that wait for one, by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'used' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
}
