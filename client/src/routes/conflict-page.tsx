import { getRouteApi } from '@tanstack/react-router';
import { ConflictDetail } from '#features/conflicts/conflict-detail.tsx';
import { ConflictsScreen } from '#features/conflicts/conflicts-screen.tsx';

const route = getRouteApi('/conflicts/$conflictId');

export function ConflictPage() {
  const { conflictId } = route.useParams();
  return (
    <ConflictsScreen
      chosenId={conflictId}
      detail={<ConflictDetail key={conflictId} conflictId={conflictId} />}
    />
  );
}
