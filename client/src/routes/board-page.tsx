import { BoardScreen } from '#features/assets/board-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const scanJobs = { to: '/scan' } as const;

export function BoardPage() {
  return <BoardScreen onBack={useGoBack(scanJobs)} />;
}
