import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { CountScreen } from '#features/stocktake/count-screen.tsx';
import { ReviewScreen } from '#features/stocktake/review-screen.tsx';
import { StocktakesScreen } from '#features/stocktake/stocktakes-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const count = getRouteApi('/stocktakes/$stocktakeId/count');
const review = getRouteApi('/stocktakes/$stocktakeId');
const list = { to: '/stocktakes' } as const;

export function StocktakesPage() {
  const navigate = useNavigate();
  return (
    <StocktakesScreen
      onOpened={(stocktakeId) =>
        void navigate({ to: '/stocktakes/$stocktakeId/count', params: { stocktakeId } })
      }
    />
  );
}

export function CountPage() {
  const { stocktakeId } = count.useParams();
  return <CountScreen key={stocktakeId} stocktakeId={stocktakeId} onBack={useGoBack(list)} />;
}

export function ReviewPage() {
  const { stocktakeId } = review.useParams();
  return <ReviewScreen stocktakeId={stocktakeId} onBack={useGoBack(list)} />;
}
