import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** The path of a Chromium; CHROMIUM names one explicitly. Null where there is none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM'];
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`CHROMIUM names ${named}, and there is no such file.`);
    return named;
  }
  return usualPlaces.find((path) => existsSync(path)) ?? null;
}

/** The same, installed first from the distribution's packages where that can be done without asking. */
export function bringChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  const canInstall =
    process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!canInstall) {
    throw new Error(
      'The browser tests need Chromium and found none. Install it (Debian: `sudo apt-get install chromium`) or name one: `CHROMIUM=/path/to/chrome npm test`.',
    );
  }
  console.log('installing chromium (once)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    stdio: 'inherit',
    env,
  });
  const installed = findChromium();
  if (installed === null)
    throw new Error('chromium was installed, but is in none of the usual places; name it with CHROMIUM=…');
  return installed;
}
