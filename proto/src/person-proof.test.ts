import { testId } from '@eventkit/shared/test/test-ids.ts';
import { testOperation } from '@eventkit/shared/test/test-operation.ts';
import { describe, expect, it } from 'vitest';
import { decodeOperation, encodeOperation } from './operation-codec.ts';
import { readPersonProof, withPersonProof } from './person-proof.ts';

const operation = testOperation(1, { intent: { kind: 'undo', operationId: testId('operation', 2) } });
const content = encodeOperation(operation);
const proof = { enrolmentId: testId('epoch', 9), signature: new Uint8Array(64).fill(7) };
const proven = withPersonProof(content, proof);

describe('the proof of who did it', () => {
  it('is read back with the bytes that it was given for', () => {
    expect(readPersonProof(proven)).toEqual({ ...proof, content });
  });

  it('leaves the operation as it was', () => {
    expect(decodeOperation(proven)).toEqual({ ok: true, value: operation });
  });

  it('is the end, or it is none', () => {
    expect(readPersonProof(content)).toBeNull();
    expect(readPersonProof(proven.subarray(0, -1))).toBeNull();
    expect(readPersonProof(new Uint8Array([...proven, ...content]))).toBeNull();
    expect(readPersonProof(new Uint8Array())).toBeNull();
    expect(readPersonProof(new Uint8Array(107).fill(0xff))).toBeNull();
    const damaged = proven.slice();
    damaged[content.length + 3] = 0xff;
    expect(readPersonProof(damaged)).toBeNull();
  });

  it('with a signature of another length is none, and makes the operation unreadable', () => {
    const short = withPersonProof(content, { ...proof, signature: new Uint8Array(63) });
    expect(readPersonProof(short)).toBeNull();
    expect(decodeOperation(short).ok).toBe(false);
  });
});
