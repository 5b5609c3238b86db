import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

/** Of their primary alone: its process, its slots, and the log, which a standby is sent. */
const NOT_COPIED = ['postmaster.pid', 'postmaster.opts'];
const EMPTIED = ['pg_replslot', 'pg_wal'];

/**
 * Lays a streaming standby of a running embedded PostgreSQL out in an empty data folder, as `pg_basebackup` does, which the
 * installed binaries lack. Started there, it follows the primary until it is promoted. The primary must keep enough log
 * (`wal_keep_size`) and stand still meanwhile: a file that goes while it is copied is an error.
 */
export async function makeStandby(primary: {
  readonly ownerUrl: string;
  readonly dataDir: string;
  readonly standbyDataDir: string;
}): Promise<void> {
  const { ownerUrl, dataDir, standbyDataDir } = primary;
  const cluster = join(standbyDataDir, 'postgres', 'cluster');
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`SELECT pg_backup_start('standby', true)`);
    copyWithOwners(join(dataDir, 'postgres'), standbyDataDir);
    cpSync(join(dataDir, 'postgres-password'), join(standbyDataDir, 'postgres-password'));
    for (const name of NOT_COPIED) rmSync(join(cluster, name), { force: true });
    for (const name of EMPTIED) removeFiles(join(cluster, name));
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    writeOwned(cluster, 'backup_label', rows[0]?.labelfile ?? '');
    writeOwned(cluster, 'standby.signal', '');
    const { hostname, port, username, password } = new URL(ownerUrl);
    writeOwned(
      cluster,
      'postgresql.auto.conf',
      `primary_conninfo = 'host=${hostname} port=${port} user=${username} password=${password}'\n`,
    );
  } finally {
    await client.end();
  }
}

function copyWithOwners(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the cluster was not copied: ${stderr}`);
}

function removeFiles(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) rmSync(path);
    else if (folder.endsWith('pg_replslot')) rmSync(path, { recursive: true });
    else removeFiles(path);
  }
}

function writeOwned(cluster: string, name: string, text: string): void {
  const { uid, gid } = statSync(cluster);
  const path = join(cluster, name);
  writeFileSync(path, text, { mode: 0o600 });
  chownSync(path, uid, gid);
}
