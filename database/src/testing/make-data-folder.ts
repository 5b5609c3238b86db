import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A fresh data folder under the system's temporary one. Open to the account that PostgreSQL runs under where root
 * starts it, so that the cluster lies inside and is removed with the folder.
 */
export function makeDataFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `eventkit-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}
