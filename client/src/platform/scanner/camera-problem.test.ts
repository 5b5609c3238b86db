import { describe, expect, it } from 'vitest';
import { type CameraProblem, cameraProblemOf } from './camera-problem.ts';

describe('why there is no picture', () => {
  const cases: readonly (readonly [string, CameraProblem])[] = [
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['RuntimeError', 'broken'],
  ];
  it.each(cases)('%s is %s', (name, problem) => {
    expect(cameraProblemOf(Object.assign(new Error('x'), { name }))).toBe(problem);
    expect(cameraProblemOf(new DOMException('x', name))).toBe(problem);
  });

  it('takes anything else as a broken reader', () => {
    expect(cameraProblemOf('odd')).toBe('broken');
    expect(cameraProblemOf(undefined)).toBe('broken');
  });
});
