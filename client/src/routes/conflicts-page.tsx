import { ConflictsScreen } from '#features/conflicts/conflicts-screen.tsx';

export function ConflictsPage() {
  return <ConflictsScreen chosenId={null} detail={null} />;
}
