import { create } from '@bufbuild/protobuf';
import { RegisterDeviceRequestSchema } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { OperationSchema } from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import { PushRequestSchema } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { expect, it } from 'vitest';
import { nulTextsIn } from './nul-texts.ts';

it('finds NUL in texts, in lists and in what was chosen of several, and nowhere else', () => {
  expect(
    nulTextsIn(RegisterDeviceRequestSchema, create(RegisterDeviceRequestSchema, { name: 'Dock 2' })),
  ).toEqual([]);
  expect(
    nulTextsIn(RegisterDeviceRequestSchema, create(RegisterDeviceRequestSchema, { name: 'a\0b' })),
  ).toEqual(['name']);
  const operations = [{ id: 'a' }, { id: '\0', envelope: new Uint8Array([0]) }];
  expect(nulTextsIn(PushRequestSchema, create(PushRequestSchema, { operations }))).toEqual([
    'operations[1].id',
  ]);
  const intent = { case: 'move', value: { asset: { code: '\0' } } } as const;
  expect(
    nulTextsIn(
      OperationSchema,
      create(OperationSchema, {
        intent: {
          ...intent,
          value: {
            ...intent.value,
            $typeName: 'eventkit.v1.Move',
            asset: { $typeName: 'eventkit.v1.ScannedAsset', code: '\0', byHand: false },
            locationId: '',
          },
        },
      }),
    ),
  ).toEqual(['move.asset.code']);
});
