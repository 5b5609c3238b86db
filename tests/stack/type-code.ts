import type { CDPSession } from '@playwright/test';

/** Types as a barcode reader does: all keys at once, without waiting for the page. */
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
  await Promise.all([...keys, ...ended].map((event) => session.send('Input.dispatchKeyEvent', event)));
}
