// Writes everything that is generated and committed. With --check it writes elsewhere and fails on any difference.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const proto = join(import.meta.dirname, '../proto');

if (process.argv.includes('--check')) check();
else generateInto(proto);

function generateInto(folder: string): void {
  const validateProto = join(folder, 'buf/validate/validate.proto');
  execFileSync(process.execPath, [join(proto, 'print-validate-proto.ts'), validateProto], {
    stdio: 'inherit',
  });
  execFileSync('buf', ['generate'], { cwd: folder, stdio: 'inherit' });
}

function check(): void {
  const scratch = mkdtempSync(join(tmpdir(), 'eventkit-generate-'));
  try {
    for (const part of ['buf.yaml', 'buf.gen.yaml', 'eventkit']) {
      cpSync(join(proto, part), join(scratch, part), { recursive: true });
    }
    generateInto(scratch);
    for (const part of ['gen', 'buf']) {
      const args = ['diff', '--no-index', '--stat', '--exit-code', join(proto, part), join(scratch, part)];
      execFileSync('git', args, { stdio: 'inherit' });
    }
  } catch (error) {
    throw new Error('Generated code differs from its source: run `npm run generate` and commit the result.', {
      cause: error,
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
