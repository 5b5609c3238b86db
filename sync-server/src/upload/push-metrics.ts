import { Counter, Histogram, type Registry } from 'prom-client';
import type { LostStorage } from './report-device.ts';
import type { OperationOutcome } from './store-batch.ts';

/** What is counted of uploads. */
export type PushMetrics = {
  countOperations(outcomes: readonly OperationOutcome[]): void;
  /** From the first byte read to the commit, in seconds. */
  observeBatch(seconds: number): void;
  countUnavailable(): void;
  countLost(storages: readonly LostStorage[]): void;
};

export function createPushMetrics(registry: Registry): PushMetrics {
  const operations = new Counter({
    name: 'eventkit_push_operations_total',
    help: 'Operations received from devices, repeats included, by what was said of them',
    labelNames: ['verdict'],
    registers: [registry],
  });
  const batches = new Histogram({
    name: 'eventkit_push_batch_seconds',
    help: 'Time to store, judge and apply one batch of operations',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const unavailable = new Counter({
    name: 'eventkit_push_unavailable_total',
    help: 'Batches that devices were asked to send again',
    registers: [registry],
  });
  const lostStorages = new Counter({
    name: 'eventkit_device_storages_lost_total',
    help: 'Local storages that devices reported to be gone; a report may be repeated until it is answered',
    registers: [registry],
  });
  const lostOperations = new Counter({
    name: 'eventkit_device_operations_lost_total',
    help: 'Operations that were in lost storages and never came',
    registers: [registry],
  });
  return {
    countOperations(outcomes) {
      for (const { verdict } of outcomes) operations.inc({ verdict });
    },
    observeBatch: (seconds) => batches.observe(seconds),
    countUnavailable: () => unavailable.inc(),
    countLost(storages) {
      lostStorages.inc(storages.length);
      for (const { missingCount } of storages) lostOperations.inc(missingCount);
    },
  };
}
