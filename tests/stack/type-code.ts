import type { CDPSession } from '@playwright/test';

/** Between two keys: what a USB scanner needs. */
const GAP_S = 0.004;

/**
 * Types as a barcode reader does: all keys at once, without waiting for the page. Each key says when it was pressed,
 * as a keyboard's do, Enter just now: a machine that is slow to hand them on makes no slow scanner of it.
 */
export async function typeCode(session: CDPSession, code: string): Promise<void> {
  const keys = [...code].flatMap((text) => [
    { type: 'keyDown' as const, key: text, text, unmodifiedText: text },
    { type: 'keyUp' as const, key: text },
  ]);
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
  const ended = [
    { ...enter, type: 'keyDown' as const, text: '\r', unmodifiedText: '\r' },
    { ...enter, type: 'keyUp' as const },
  ];
  const endedAt = Date.now() / 1000;
  await Promise.all(
    [...keys, ...ended].map((event, index) => {
      const isUp = event.type === 'keyUp';
      const keysToCome = code.length - Math.floor(index / 2);
      const timestamp = endedAt - keysToCome * GAP_S + (isUp ? GAP_S / 2 : 0);
      return session.send('Input.dispatchKeyEvent', { ...event, timestamp });
    }),
  );
}
