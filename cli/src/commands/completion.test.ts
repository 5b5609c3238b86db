import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { optionsByCommand } from '#parse-arguments.ts';
import { completionOf } from './completion.ts';

/** What a real bash offers after these words. */
function offered(...words: readonly string[]): string[] {
  const script = `${completionOf('bash', optionsByCommand)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _eventkit; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' })
    .trim()
    .split('\n');
}

describe('completion in bash', () => {
  test('of commands, their second words, options and calls', () => {
    expect(offered('eventkit', 'sta')).toEqual(['start', 'status']);
    expect(offered('eventkit', 'audit', 've')).toEqual(['verify']);
    expect(offered('eventkit', 'serve', '--p')).toEqual(['--port']);
    expect(offered('eventkit', 'call', 'InventoryService/ListA')).toEqual(['InventoryService/ListAssets']);
    expect(offered('eventkit', 'tenants', 'ap')).toEqual(['approve']);
    expect(offered('eventkit', 'tenants', '--re')).toEqual(['--reason']);
    expect(offered('eventkit', 'completion', 'z')).toEqual(['zsh']);
  });
});

test.each(['zsh', 'fish'] as const)('%s gets every command and call', (shell) => {
  const script = completionOf(shell, optionsByCommand);
  for (const word of ['create-company', 'InventoryService/ListAssets', '--anchors'])
    expect(script).toContain(word);
});
