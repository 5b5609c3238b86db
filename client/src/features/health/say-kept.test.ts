import { expect, test } from 'vitest';
import { sayAct, sayProblem } from './say-kept.ts';

test('what this version has no words for is said in general ones', () => {
  expect([sayAct('check_out'), sayAct('move_bulk'), sayAct('teleport'), sayAct('')]).toEqual([
    'check_out',
    'move_bulk',
    'other',
    'other',
  ]);
  expect([sayProblem('unreadable'), sayProblem('bad_weather')]).toEqual(['unreadable', 'other']);
});
