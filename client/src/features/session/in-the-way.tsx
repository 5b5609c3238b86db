import type { PlatformStart } from '#platform/start-platform.ts';
import { SignInScreen } from './sign-in-screen.tsx';
import { StorageProblemScreen } from './storage-problem-screen.tsx';
import { UnreachableScreen } from './unreachable-screen.tsx';
import { WipedScreen } from './wiped-screen.tsx';

/** Why there is no app to show, and the way on. */
export function InTheWay({
  outcome,
}: {
  readonly outcome: Exclude<PlatformStart, { readonly state: 'ready' }>;
}) {
  switch (outcome.state) {
    case 'signed_out':
      return <SignInScreen onSignIn={() => outcome.signIn()} />;
    case 'unreachable':
      return <UnreachableScreen onRetry={() => outcome.retry()} />;
    case 'wiped':
      return <WipedScreen isTold={outcome.isTold} onRetry={() => outcome.retry()} />;
    case 'storage_problem':
      return <StorageProblemScreen problem={outcome.problem} onRetry={() => outcome.retry()} />;
  }
}
