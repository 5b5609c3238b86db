import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const VERSION = '26.7.3';
const SHA512 =
  '664c8ac2997d94b69825af70acc3a6017a7a53a1504a6e21b2d82a04e5f53593b30cabdf80ffe3eb661f13442a57fbc15c4186a1899f2841e8145532e5ae7e1c';
const MAVEN_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** The folder of Keycloak's own distribution, unpacked and built: from the cache, or from Maven Central the first time. */
export async function fetchKeycloak(): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'eventkit');
  const folder = join(cache, `keycloak-${VERSION}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const archive = join(cache, `keycloak-quarkus-dist-${VERSION}.tar.gz`);
  if (!existsSync(archive)) download(cache);
  const found = await sha512Of(archive);
  if (found !== SHA512) {
    throw new Error(`${archive} is not the Keycloak that was asked for (SHA-512 ${found}); remove it`);
  }
  // Put in place whole, so that a kill leaves no half of it.
  const draft = join(cache, `unpacking-${process.pid}`);
  mkdirSync(draft);
  execFileSync('tar', ['xzf', archive, '-C', draft]);
  const unpacked = join(draft, `keycloak-${VERSION}`);
  // What each start would do otherwise, in 20 to 90 seconds.
  execFileSync(join(unpacked, 'bin/kc.sh'), ['build', '--db=dev-mem', '--cache=local'], { stdio: 'ignore' });
  renameSync(unpacked, folder);
  rmSync(draft, { recursive: true });
  return folder;
}

/** By Maven itself, so that mirrors and proxies of the machine are those that its owner has set up. */
function download(folder: string): void {
  const artifact = `-Dartifact=org.keycloak:keycloak-quarkus-dist:${VERSION}:tar.gz`;
  try {
    execFileSync('mvn', ['-q', '-B', `${MAVEN_PLUGIN}:copy`, artifact, `-DoutputDirectory=${folder}`], {
      stdio: 'inherit',
    });
  } catch (thrown) {
    throw new Error(`Keycloak could not be had by Maven; its archive may be put into ${folder} by hand`, {
      cause: thrown,
    });
  }
}

async function sha512Of(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
