import { expect, it } from 'vitest';
import { fileNameOf } from './save-file.ts';

it('names files so that every system takes them', () => {
  expect(fileNameOf(['eventkit', 'Größe: Dock 2 / phone', '2026-11-22T14:07'], 'json')).toBe(
    'eventkit-Gro-e-Dock-2-phone-2026-11-22T14-07.json',
  );
  expect(fileNameOf(['', '…'], 'json')).toBe('.json');
});
