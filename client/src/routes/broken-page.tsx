import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { BrokenScreen } from '#features/shell/broken-screen.tsx';
import { errorIdOf } from '#features/shell/error-id.ts';
import { useSyncState } from '#platform/live/replica-context.tsx';

export function BrokenPage({ error }: ErrorComponentProps) {
  const { waitingCount } = useSyncState();
  const errorId = errorIdOf(error);
  useEffect(() => {
    console.error(`screen stopped: ${errorId}`, error);
  }, [errorId, error]);
  return <BrokenScreen errorId={errorId} waitingCount={waitingCount} />;
}
