import { expect, test } from 'vitest';
import { readCommand } from './read-command.ts';

const command = {
  call: 'npm run faults --',
  names: { matrix: 'the partition matrix', kills: 'servers that are killed' },
  options: {
    seed: { says: 'what is drawn comes from it', default: '1' },
    rounds: { says: 'how many', default: 100 },
    victim: { says: 'what is struck' },
    'half-open': { says: 'some lines end so', isFlag: true },
  },
} as const;

test('a name and options are read, with what stands for those that were not given', () => {
  expect(readCommand(command, ['kills', '--rounds', '7', '--half-open'])).toEqual({
    ok: true,
    name: 'kills',
    values: { seed: '1', rounds: 7, victim: undefined, 'half-open': true },
  });
});

test.each([[['--help']], [['-h']], [['kills', '--help']]])(
  '%j prints how it is called, and is no mistake',
  (words) => {
    const read = readCommand(command, words);
    expect(read).toMatchObject({ ok: false, exitCode: 0 });
    const text = read.ok ? '' : read.text;
    expect(text).toContain('usage: npm run faults -- <name> [options]');
    for (const line of [
      '  kills   servers that are killed',
      '  --rounds     how many (100)',
      '  --half-open  some lines end so',
    ])
      expect(text).toContain(line);
  },
);

test.each([
  [[], 'which one?'],
  [['nonsense'], 'nobody knows "nonsense"'],
  [['kills', 'matrix'], 'one name at a time'],
  [['kills', '--nonsense'], '--nonsense'],
  [['kills', '--rounds', 'many'], '--rounds takes a number'],
  [['kills', '--rounds'], '--rounds'],
])('%j is a mistake, which is said before how it is called', (words, problem) => {
  const read = readCommand(command, words);
  expect(read).toMatchObject({ ok: false, exitCode: 2 });
  const [first = ''] = read.ok ? [] : read.text.split('\n');
  expect(first).toContain(problem);
});

test('a command without names takes none', () => {
  const { names: _, ...nameless } = command;
  expect(readCommand(nameless, [])).toMatchObject({ ok: true, name: '' });
  expect(readCommand(nameless, ['kills'])).toMatchObject({ ok: false, exitCode: 2 });
});
