import type { EventId, ProductId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import { describe, expect, test } from 'vitest';
import { intentOfPieces, type PieceJob } from './intent-of-pieces.ts';

const job: PieceJob = {
  act: 'count',
  productId: 'cable' as ProductId,
  placeId: 'shelf' as StorageLocationId,
  eventId: 'gala' as EventId,
  targetId: 'van' as StorageLocationId,
  disposition: 'ok',
  quantity: 7,
};
const shelf = { kind: 'location', id: 'shelf' };
const gala = { kind: 'event', id: 'gala' };

describe('loose pieces', () => {
  test('a count may be of none, a move may not', () => {
    expect(intentOfPieces({ ...job, quantity: 0 })).toMatchObject({ kind: 'count_bulk', quantity: 0 });
    expect(intentOfPieces({ ...job, act: 'out', quantity: 0 })).toBeNull();
  });

  test.each([
    ['out', { from: shelf, to: gala, disposition: null }],
    ['back', { from: gala, to: shelf, disposition: 'ok' }],
    ['move', { from: shelf, to: { kind: 'location', id: 'van' }, disposition: null }],
    ['gone', { from: shelf, to: null, disposition: 'ok' }],
  ] as const)('%s leads from and to the right places', (act, expected) => {
    expect(intentOfPieces({ ...job, act })).toMatchObject({ kind: 'move_bulk', quantity: 7, ...expected });
  });

  test('what came back damaged lies on the shelf; what is lost or used up lies nowhere', () => {
    const to = (disposition: PieceJob['disposition']) => {
      const intent = intentOfPieces({ ...job, act: 'back', disposition });
      return intent?.kind === 'move_bulk' ? intent.to : undefined;
    };
    expect(to('damaged')).toEqual(shelf);
    expect([to('lost'), to('consumed')]).toEqual([null, null]);
  });

  test('nothing is recorded while something is not said', () => {
    for (const missing of [
      { productId: null },
      { placeId: null },
      { act: 'out', eventId: null },
      { act: 'back', eventId: null },
      { act: 'move', targetId: null },
      { act: 'move', targetId: job.placeId },
    ] satisfies Partial<PieceJob>[]) {
      expect(intentOfPieces({ ...job, ...missing })).toBeNull();
    }
  });
});
