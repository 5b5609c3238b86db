import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

type Planted = { readonly file: string; readonly code: string; readonly rule: string };

const importing = (specifier: string) => `import { x } from '${specifier}';\nexport const y = x;\n`;
const restricted = 'lint/style/noRestrictedImports';

const forbidden: readonly Planted[] = [
  { file: 'shared/src/kernel/node.ts', code: importing('node:fs'), rule: restricted },
  {
    file: 'shared/src/kernel/wire.ts',
    code: importing('@eventkit/proto/operation-codec.ts'),
    rule: restricted,
  },
  { file: 'shared/src/kernel/library.ts', code: importing('@bufbuild/protobuf'), rule: restricted },
  { file: 'shared/src/kernel/up.ts', code: importing('../ledger/asset.ts'), rule: restricted },
  { file: 'shared/src/kernel/clock-now.ts', code: 'export const y = Date.now();\n', rule: 'plugin' },
  { file: 'shared/src/kernel/random.ts', code: 'export const y = Math.random();\n', rule: 'plugin' },
  {
    file: 'shared/src/kernel/environment.ts',
    code: 'export const y = process.env;\n',
    rule: 'lint/style/noRestrictedGlobals',
  },
  { file: 'proto/src/a.ts', code: importing('@eventkit/database/pool.ts'), rule: restricted },
  { file: 'database/src/a.ts', code: importing('@eventkit/api/app.ts'), rule: restricted },
  { file: 'sync-server/src/a.ts', code: importing('@eventkit/api/app.ts'), rule: restricted },
  { file: 'api/src/a.ts', code: importing('@eventkit/sync-server/start-sync-server.ts'), rule: restricted },
  { file: 'api/src/inventory/a.ts', code: importing('#scanning/scanning-service.ts'), rule: restricted },
  { file: 'api/src/scanning/a.ts', code: importing('#inventory/inventory-service.ts'), rule: restricted },
  { file: 'api/src/people/a.ts', code: importing('#inventory/inventory-service.ts'), rule: restricted },
  {
    file: 'api/src/attachments/a.ts',
    code: importing('#scanning/scanning-service.ts'),
    rule: restricted,
  },
  { file: 'cli/src/a.ts', code: importing('@eventkit/tests/a.ts'), rule: restricted },
  { file: 'client/src/a.ts', code: importing('@eventkit/database/pool.ts'), rule: restricted },
  { file: 'client/src/ui/a.ts', code: importing('#platform/a.ts'), rule: restricted },
  { file: 'client/src/platform/a.ts', code: importing('#features/today/a.ts'), rule: restricted },
  { file: 'client/src/features/today/a.ts', code: importing('#features/planning/a.ts'), rule: restricted },
  { file: 'client/src/features/today/b.ts', code: importing('#routes/a.ts'), rule: restricted },
  { file: 'bench/up.ts', code: importing('../tests/a.ts'), rule: restricted },
  { file: 'cli/src/default.ts', code: 'export default 1;\n', rule: 'lint/style/noDefaultExport' },
  { file: 'cli/src/enum.ts', code: 'export enum A {\n  B = 1,\n}\n', rule: 'lint/style/noEnum' },
  { file: 'cli/src/barrel.ts', code: "export * from './a.ts';\n", rule: 'lint/performance/noBarrelFile' },
  { file: 'cli/src/any.ts', code: 'export const y: any = 1;\n', rule: 'lint/suspicious/noExplicitAny' },
  {
    file: 'cli/src/floating.ts',
    code: 'async function f() {\n  return 1;\n}\nexport function g() {\n  f();\n}\n',
    rule: 'lint/nursery/noFloatingPromises',
  },
  ...[
    '<p>Hello there</p>',
    "<p>{'Hello'}</p>",
    "<p>{x && 'Hello'}</p>",
    "<p>{x ? 'Hello' : x}</p>",
    '<p title="Hello" />',
    "<p aria-label={'Hello'} />",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the planted code
    '<p placeholder={`${x} pieces`} />',
    '<p className="flex ml-2" />',
    '<p className="tablet:-left-2" />',
    "<p className={'text-left'} />",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the planted code
    '<p className={`flex ${x} border-l-2`} />',
    '<p className="rounded-tr-panel" />',
  ].map((jsx, index) => ({
    file: `client/src/features/today/planted-${index}.tsx`,
    code: `export const y = (x: string) => ${jsx};\n`,
    rule: 'plugin',
  })),
  {
    file: 'tests/skipped.test.ts',
    code: "import { it } from 'vitest';\n\nit.skip('x', () => undefined);\n",
    rule: 'lint/suspicious/noSkippedTests',
  },
];

const allowed: readonly Omit<Planted, 'rule'>[] = [
  { file: 'shared/src/ok/own.ts', code: importing('#kernel/result.ts') },
  { file: 'shared/src/ok/beside.ts', code: importing('./own.ts') },
  { file: 'client/src/features/ok/platform.ts', code: importing('#platform/a.ts') },
  ...[
    "<p title={t('x.y')}>{t(x.a)} · {x.a} %</p>",
    '<b title={t(x.a)}>EventKit</b>',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the planted code
    "<p title={`${t('x.y')}: ${x.a}`}>{'a' in x && <br />}</p>",
    '<p className="ms-2 inset-s-0 text-start border-rule rounded-panel px-3">{t(x.a)}</p>',
  ].map((jsx, index) => ({
    file: `client/src/features/ok/fine-${index}.tsx`,
    code: `export const y = (x: { a: string }, t: (key: string) => string) => ${jsx};\n`,
  })),
  { file: 'cli/src/ok/compose.ts', code: importing('@eventkit/api/app.ts') },
];

describe('the boundaries of the house', () => {
  let scratch = '';
  let rulesByFile = new Map<string, string[]>();

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'eventkit-boundaries-'));
    cpSync(join(root, 'biome.json'), join(scratch, 'biome.json'));
    cpSync(join(root, 'scripts/lint'), join(scratch, 'scripts/lint'), { recursive: true });
    for (const { file, code } of [...forbidden, ...allowed]) {
      mkdirSync(dirname(join(scratch, file)), { recursive: true });
      writeFileSync(join(scratch, file), code);
    }
    execFileSync('git', ['init', '--quiet'], { cwd: scratch });
    rulesByFile = lint(scratch);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it.each(forbidden)('$file breaks $rule', ({ file, rule }) => {
    expect(rulesByFile.get(file)).toContain(rule);
  });

  it.each(allowed)('$file is fine', ({ file }) => {
    expect(rulesByFile.get(file)).toBeUndefined();
  });
});

function lint(folder: string): Map<string, string[]> {
  const biome = join(root, 'node_modules/.bin/biome');
  const { stdout } = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const report = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] };
  const rulesByFile = new Map<string, string[]>();
  for (const { category, location } of report.diagnostics) {
    rulesByFile.set(location.path, [...(rulesByFile.get(location.path) ?? []), category]);
  }
  return rulesByFile;
}
