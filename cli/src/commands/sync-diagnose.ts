import { createPool } from '@eventkit/database/pool.ts';
import { type Diagnosis, diagnoseUser } from '@eventkit/sync-server/diagnose/diagnose-user.ts';
import type { OpenStream } from '@eventkit/sync-server/download/sync-streams.ts';
import { CliError } from '#cli-error.ts';
import type { Config } from '#config.ts';
import { readRuntime } from '#stack/runtime-file.ts';
import { withDatabase } from './with-database.ts';

/** Prints what the sync server gives to a user: streams, rows, bytes, lookups, devices; with `json` for programs. */
export async function syncDiagnose(
  config: Config,
  { user, json }: { readonly user: string; readonly json: boolean },
): Promise<void> {
  const streams = await readOpenStreams(config.dataDir);
  await withDatabase(config, async (ownerUrl) => {
    const pool = createPool({
      url: ownerUrl,
      role: 'owner',
      max: 1,
      applicationName: 'eventkit sync diagnose',
      onIdleError: () => undefined,
    });
    try {
      const diagnoses = await diagnoseUser(pool, user);
      if (diagnoses.length === 0)
        throw new CliError(
          `Nobody has the e-mail address or id ${user}. "eventkit status" says whether all is well.`,
        );
      const openOf = (one: Diagnosis) =>
        streams?.filter((open) => open.userId === one.user.id && open.tenantId === one.user.tenantId) ?? null;
      if (json) {
        console.log(JSON.stringify(diagnoses.map((one) => ({ ...one, openStreams: openOf(one) }))));
        return;
      }
      const nowMs = Date.now();
      console.log(diagnoses.map((one) => describeDiagnosis(one, openOf(one), nowMs)).join('\n\n'));
    } finally {
      await pool.end();
    }
  });
}

/** Of the EventKit that runs on this folder; null where none runs, or it does not answer. */
async function readOpenStreams(dataDir: string): Promise<readonly OpenStream[] | null> {
  const runtime = await readRuntime(dataDir);
  if (runtime === null) return null;
  try {
    const response = await fetch(new URL('/sync/streams', runtime.localUrl));
    return response.ok ? ((await response.json()) as readonly OpenStream[] | null) : null;
  } catch {
    return null;
  }
}

const servings = {
  newest: 'the newest sync configuration is served',
  before: 'the sync configuration of before is served, while the newest is being copied',
  nothing: 'nothing is served: the first copy is not whole yet',
} as const satisfies Record<Diagnosis['serving'], string>;

/** What a person reads. `streams` is null where nobody could be asked. */
export function describeDiagnosis(
  diagnosis: Diagnosis,
  streams: readonly OpenStream[] | null,
  nowMs: number,
): string {
  const { user, devices } = diagnosis;
  const lines = [
    `${user.name} <${user.email}>, ${user.role} of ${user.tenantName}${user.isActive ? '' : ': deactivated, gets nothing'}`,
    diagnosis.serving === 'nothing'
      ? servings.nothing
      : `${servings[diagnosis.serving]} (deployment ${diagnosis.deployment}, operation ${diagnosis.head})`,
    ...describeStreams(diagnosis),
    ...diagnosis.lookups.map(
      ({ table, column, values }) =>
        `lookup of ${column} in ${table}: ${values.length === 0 ? 'finds nothing' : `${values.length} found, e.g. ${values.slice(0, 3).join(', ')}`}`,
    ),
    devices.length === 0 ? 'no devices' : 'devices',
    ...devices.map((device) => describeDevice(device, streams, nowMs)),
  ];
  if (streams === null)
    lines.push('Whether streams are open is not known: no EventKit that runs here answered.');
  return lines.join('\n');
}

function describeStreams({ streams }: Diagnosis): string[] {
  const rows = streams.flatMap((stream) => {
    const held = sumOf(stream.buckets);
    const line = stream.isByDevice
      ? [stream.name, '', 'by device', '', '']
      : [
          stream.name,
          stream.buckets.length === 0
            ? ''
            : String(Math.min(...stream.buckets.map(({ priority }) => priority))),
          String(stream.buckets.length),
          String(held.rows),
          sizeOf(held.bytes),
        ];
    return [line, ...stream.errors.map((error) => [`  ! ${error}`])];
  });
  const all = sumOf(streams.flatMap(({ buckets }) => buckets));
  if (rows.length === 0) return [];
  return table([
    ['stream', 'priority', 'buckets', 'rows', 'bytes'],
    ...rows,
    ['together', '', '', String(all.rows), sizeOf(all.bytes)],
  ]);
}

function describeDevice(
  device: Diagnosis['devices'][number],
  streams: readonly OpenStream[] | null,
  nowMs: number,
): string {
  const open = streams?.filter(({ deviceId }) => deviceId === device.id) ?? [];
  const own = sumOf(device.ownBuckets);
  const said = [
    ...(device.isRevoked ? ['revoked, gets nothing'] : []),
    ...open.map(
      ({ openedAtMs, sentBytes, isSlow }) =>
        `stream open for ${Math.round((nowMs - openedAtMs) / 1000)} s, ${sizeOf(sentBytes)} sent${isSlow ? ', its client takes nothing at the moment' : ''}`,
    ),
    device.lastContactAt === null ? 'never sent anything' : `last contact ${device.lastContactAt}`,
    `${own.rows} rows of its own (${sizeOf(own.bytes)})`,
  ];
  return `  ${device.name} (${device.id}): ${said.join('; ')}`;
}

function sumOf(buckets: Diagnosis['streams'][number]['buckets']): { rows: number; bytes: number } {
  const tables = buckets.flatMap((bucket) => bucket.tables);
  return {
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Columns as wide as their widest cell; the first to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.filter((row) => row.length > 1);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.length === 1
      ? `  ${row[0]}`
      : `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')}`,
  );
}
