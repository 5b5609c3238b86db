import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { PiecesScreen } from '#features/pieces/pieces-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const route = getRouteApi('/pieces');
const scanJobs = { to: '/scan' } as const;

export function PiecesPage() {
  const { act = 'count', product, place, event } = route.useSearch();
  const navigate = route.useNavigate();
  const onBack = useGoBack(scanJobs);
  const choice = useMemo(
    () => ({ act, productId: product ?? null, placeId: place ?? null, eventId: event ?? null }),
    [act, product, place, event],
  );
  return (
    <PiecesScreen
      choice={choice}
      onChoice={(next) =>
        void navigate({
          search: {
            act: next.act,
            ...(next.productId === null ? {} : { product: next.productId }),
            ...(next.placeId === null ? {} : { place: next.placeId }),
            ...(next.eventId === null ? {} : { event: next.eventId }),
          },
          replace: true,
        })
      }
      onBack={onBack}
    />
  );
}
