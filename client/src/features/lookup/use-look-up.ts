import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { ScreenNow } from '#platform/scanner/code-desk.ts';
import { useCodeDesk } from '#platform/scanner/code-desk-context.tsx';
import { feedbackOfThisDevice, unlockOnFirstTouch } from '#platform/scanner/device-feedback.ts';
import type { WedgeCode } from '#platform/scanner/wedge-reader.ts';
import { type LookedUp, lookUpCode } from './look-up-code.ts';

/** A code that leads nowhere; `failed` where the device could not look. */
export type NotFound = { readonly kind: 'unknown' | 'empty' | 'too_long' | 'failed'; readonly code: string };

/** Opens what is scanned where nothing scans. What leads nowhere is heard, and returned to be shown. */
export function useLookUp(screenNow: () => ScreenNow): {
  readonly notFound: NotFound | null;
  readonly dismiss: () => void;
} {
  const { replica } = usePlatform();
  const desk = useCodeDesk();
  const navigate = useNavigate();
  const [notFound, setNotFound] = useState<NotFound | null>(null);
  /** Only the last of several codes is opened. */
  const lookedUpCount = useRef(0);

  useEffect(() => {
    const open = (found: LookedUp): void => {
      switch (found.kind) {
        case 'asset':
          void navigate({ to: '/assets/$assetId', params: { assetId: found.id } });
          return;
        case 'location':
          void navigate({ to: '/find', search: { place: found.id } });
          return;
        default:
          setNotFound(found);
          feedbackOfThisDevice().play('unknown');
      }
    };
    const lookUp = async (code: WedgeCode): Promise<void> => {
      const number = ++lookedUpCount.current;
      setNotFound(null);
      try {
        const found = await lookUpCode(replica, code);
        if (number === lookedUpCount.current) open(found);
      } catch (error) {
        // The person sees that it failed; the machine's words belong into its log.
        console.error(error);
        setNotFound({ kind: 'failed', code: code.text.slice(0, 64) });
      }
    };
    const stopUnlocking = unlockOnFirstTouch(window, feedbackOfThisDevice());
    const stopLookingUp = desk.lookUpBy((code) => void lookUp(code), screenNow);
    return () => {
      stopUnlocking();
      stopLookingUp();
    };
  }, [replica, desk, navigate, screenNow]);

  return { notFound, dismiss: useCallback(() => setNotFound(null), []) };
}
