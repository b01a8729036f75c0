import { Component, type ReactNode } from 'react';

type ErrorBoundaryProps = { show: ReactNode; children: ReactNode };

/** Shows something else where a part cannot be shown, so that one broken part does not take the page with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.show : this.props.children;
  }
}
