import { getRouteApi } from '@tanstack/react-router';
import { FindScreen } from '#features/planning/find-screen.tsx';

const route = getRouteApi('/find');

export function FindPage() {
  const { text = '', product, place } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <FindScreen
      text={text}
      productId={product ?? null}
      placeId={place ?? null}
      onText={(next) => void navigate({ search: { text: next }, replace: true })}
      onProduct={(next) => void navigate({ search: next === null ? { text } : { text, product: next } })}
    />
  );
}
