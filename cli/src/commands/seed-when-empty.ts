import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { type SeedSummary, seedDemo } from '#demo/seed-demo.ts';

/** Makes the demo companies that are missing, and says so; null where all were there. */
export async function seedWhenEmpty(
  clock: Clock,
  ownerUrl: string,
  assetCount: number,
): Promise<string | null> {
  return describeSeed(await seedDemo({ ownerUrl, assetCount, nowMs: clock.wallMs() }));
}

function describeSeed({ companies }: SeedSummary): string | null {
  const made = companies.filter(({ wasThere }) => !wasThere);
  if (made.length === 0) return null;
  const parts = made.map(({ name, assetCount }) => `${name} (${assetCount.toLocaleString('en')} assets)`);
  return `Demo data made: ${parts.join(', ')}`;
}
