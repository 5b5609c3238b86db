import { MoreScreen } from '#features/session/more-screen.tsx';

export function MorePage() {
  return <MoreScreen version={import.meta.env.VITE_APP_VERSION} />;
}
