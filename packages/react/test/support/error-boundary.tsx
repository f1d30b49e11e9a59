import { Component, type ReactNode } from 'react';

interface Props {
  readonly caught: (error: unknown) => void;
  readonly children: ReactNode;
}

/** Shows nothing in place of what throws, and tells what it was. */
export class ErrorBoundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.caught(error);
  }

  override render(): ReactNode {
    return this.state.hasFailed ? null : this.props.children;
  }
}
