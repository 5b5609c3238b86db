import { Component, type ReactNode } from 'react';
import { BrokenScreen } from './broken-screen.tsx';
import { errorIdOf } from './error-id.ts';

type Props = {
  /** How many operations wait on this device; null where that is not known. */
  readonly waitingCount: () => number | null;
  readonly children: ReactNode;
};

/** The last net: a bug in a screen never takes the queue with it, and says so. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown) {
    console.error(`screen stopped: ${errorIdOf(error)}`, error);
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <BrokenScreen errorId={errorIdOf(error)} waitingCount={this.props.waitingCount()} />;
  }
}
