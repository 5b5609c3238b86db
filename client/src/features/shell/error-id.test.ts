import { describe, expect, test } from 'vitest';
import { errorIdOf } from './error-id.ts';

const failing = (message: string, frame: string) =>
  Object.assign(new Error(message), { stack: `Error: ${message}\n    at read (${frame}:1:20)` });

describe('errorIdOf', () => {
  test('is the same for the same fault, whatever the build or the host', () => {
    const one = failing('no row', 'https://a.example/assets/index-Ab3dE_9z.js');
    const other = failing('no row', 'http://localhost:4000/assets/index-Zz3dE_11.js');
    expect(errorIdOf(one)).toBe(errorIdOf(other));
    expect(errorIdOf(one)).toMatch(/^EK-[0-9A-Z]{7}$/);
  });

  test('differs for different faults, and takes anything that was thrown', () => {
    expect(errorIdOf(failing('no row', 'x'))).not.toBe(errorIdOf(failing('no table', 'x')));
    expect(errorIdOf('text')).toMatch(/^EK-/);
    expect(errorIdOf(undefined)).toMatch(/^EK-/);
  });
});
