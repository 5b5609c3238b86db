import { createDevice, type TestDevice } from '@eventkit/sync-server/testing/device.ts';
import type { RandomSource } from '#simulation/random-source.ts';
import { type RawClient, startRawClient } from './raw-client.ts';
import type { RealServer } from './real-server.ts';
import type { SyncCompany } from './sync-company.ts';

/** Everybody who reads one company: clients of the bare protocol in every manner, and devices of the unmodified SDK. */
export type SyncReaders = {
  readonly raw: readonly RawClient[];
  /** What an SDK said that it must never say, and what its database shows of having started over. */
  sdkFaults(): Promise<string[]>;
  /** The name of the company's product, as each reader shows it. */
  products(): Promise<(string | null)[]>;
  /** Each reader's assets as `id serial` in order, by the reader's name. */
  assets(): Promise<Map<string, readonly string[]>>;
  close(): Promise<void>;
};

const SDK_DEVICES = 2;
/** In the SDK's order of levels. */
const WARNING = 40;
const LONGEST_WORDS = 300;
const bson = 'application/vnd.powersync.bson-stream';

export async function openSyncReaders(company: SyncCompany, random: RandomSource): Promise<SyncReaders> {
  const { tenant } = company;
  const wanted = [
    {},
    { accept: bson },
    { encoding: 'gzip' },
    { accept: bson, encoding: 'zstd' },
    { manner: 'restless', encoding: 'zstd' },
    { manner: 'restless', accept: bson },
    { manner: 'slow' },
  ] as const;
  const raw = wanted.map((options, index) =>
    startRawClient({ ...options, company, random: random.fork(`raw ${index}`) }),
  );
  const said: string[] = [];
  const sdk = await Promise.all(Array.from({ length: SDK_DEVICES }, () => openSdk(company, said)));
  const namesBefore = await Promise.all(sdk.map(bucketNames));

  return {
    raw,
    async sdkFaults() {
      const names = await Promise.all(sdk.map(bucketNames));
      const renamed = names.some((name, index) => name !== namesBefore[index]);
      return [...said, ...(renamed ? ['an SDK was given buckets of other names'] : [])];
    },
    async products() {
      const inSdk = sdk.map(({ db }) =>
        db.getOptional<{ name: string }>('SELECT name FROM products WHERE id = ?', [tenant.productId]),
      );
      return [
        ...raw.map(({ follower }) => readField(follower.row(`products/${tenant.productId}`), 'name')),
        ...(await Promise.all(inSdk)).map((row) => row?.name ?? null),
      ];
    },
    async assets() {
      const held = new Map<string, string[]>();
      for (const [index, { name, follower }] of raw.entries()) {
        const rows = [...follower.rows()].filter(([row]) => row.startsWith('assets/'));
        held.set(
          `${name} ${index}`,
          rows.map(([row, data]) => `${row.slice(7)} ${readField(data, 'serial')}`).toSorted(),
        );
      }
      for (const [index, { db }] of sdk.entries()) {
        const rows = await db.getAll<{ id: string; serial: string | null }>('SELECT id, serial FROM assets');
        held.set(`SDK ${index}`, rows.map(({ id, serial }) => `${id} ${serial}`).toSorted());
      }
      return held;
    },
    async close() {
      await Promise.all([...raw, ...sdk].map((reader) => reader.close()));
    },
  };
}

/** As the database holds them, told as `assets` tells them. */
export async function assetsOf(
  { ownerPool }: RealServer,
  { tenant }: SyncCompany,
): Promise<readonly string[]> {
  const { rows } = await ownerPool.query<{ id: string; serial: string | null }>(
    'SELECT id, serial FROM assets WHERE tenant_id = $1 AND deleted_at IS NULL',
    [tenant.tenantId],
  );
  return rows.map(({ id, serial }) => `${id} ${serial}`).toSorted();
}

async function openSdk(company: SyncCompany, said: string[]): Promise<TestDevice> {
  const device = await createDevice({
    url: () => company.url,
    token: () => company.token(),
    logger: {
      log({ level, message, error }) {
        const text = `${message} ${error ?? ''}`.slice(0, LONGEST_WORDS);
        // Broken connections are what this is about; wrong sums and lines that it cannot take are not.
        if (level >= WARNING && /checksum|sync line|previous checkpoint|parse|JSON/i.test(text))
          said.push(`an SDK says: ${text}`);
      },
    },
  });
  await device.connect();
  await device.db.waitForFirstSync();
  return device;
}

async function bucketNames({ db }: TestDevice): Promise<string> {
  const rows = await db.getAll<{ name: string }>('SELECT name FROM ps_buckets ORDER BY name');
  return rows.map(({ name }) => name).join();
}

/** A null is not sent. */
function readField(data: string | null, field: string): string | null {
  return data === null ? null : ((JSON.parse(data) as Record<string, string>)[field] ?? null);
}
