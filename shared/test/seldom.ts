import fc from 'fast-check';

/** The value in one of six cases, else null; `fc.option` is null only in one of `freq` cases. */
export function seldom<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
}
