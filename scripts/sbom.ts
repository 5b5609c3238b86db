// Writes what ships, as CycloneDX: `npm run sbom [-- file]`. From what is installed, so it needs no network.
import { writeFileSync } from 'node:fs';
import { askPnpm } from './pnpm.ts';

const [file = 'sbom.cdx.json'] = process.argv.slice(2);
const words = ['--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--prod'];
const text = askPnpm('sbom', ...words);
const { components } = JSON.parse(text) as { components: readonly unknown[] };
if (components.length === 0) throw new Error('the list of what ships is empty');
writeFileSync(file, text);
console.log(`${file}: ${components.length} components`);
