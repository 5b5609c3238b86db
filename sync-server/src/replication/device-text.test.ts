import { expect, test } from 'vitest';
import { deviceTextOf } from './device-text.ts';

test.each([
  ['bool', 16, 't', 1],
  ['bool', 16, 'f', 0],
  ['int4', 23, '-7', -7],
  ['text', 25, 'a"\\\n\u2028ü', 'a"\\\n\u2028ü'],
  ['uuid', 2950, '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000001'],
  ['numeric', 1700, '12.50', '12.50'],
  ['jsonb', 3802, '{"a": 1}', '{"a": 1}'],
  ['date', 1082, '2026-11-22', '2026-11-22'],
  ['time', 1083, '08:09:10', '08:09:10.000000'],
  ['timestamp', 1114, '2026-11-22 08:09:10.5', '2026-11-22T08:09:10.500000'],
  ['timestamptz', 1184, '2026-11-22 08:09:10+00', '2026-11-22T08:09:10.000000Z'],
  ['timestamptz', 1184, '2026-11-22 08:09:10.123456+00', '2026-11-22T08:09:10.123456Z'],
  ['timestamptz', 1184, 'infinity', '9999-12-31T23:59:59.999999Z'],
  ['timestamptz', 1184, '-infinity', '0000-01-01T00:00:00.000000Z'],
  ['float8', 701, 'NaN', null],
])('%s (%d) %s', (_, oid, printed, expected) => {
  expect(JSON.parse(deviceTextOf(oid)?.(printed) ?? '')).toEqual(expected);
});

test('64 bit integers keep every digit, whole reals their point', () => {
  expect(deviceTextOf(20)?.('9007199254740993')).toBe('9007199254740993');
  expect(deviceTextOf(701)?.('1')).toBe('1.0');
  expect(deviceTextOf(701)?.('1e+20')).toBe('1e+20');
});

test('bytea never reaches a device, arrays are refused', () => {
  expect(deviceTextOf(17)).toBeNull();
  expect(() => deviceTextOf(1009)).toThrow('arrays');
});
