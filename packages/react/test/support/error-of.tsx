import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { ErrorBoundary } from './error-boundary.js';

/** What a component throws while it is rendered or committed. React's complaints about it are expected. */
export function errorOf(children: ReactNode): unknown {
  const silenced = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const caught = jest.fn();
  render(<ErrorBoundary caught={caught}>{children}</ErrorBoundary>);
  silenced.mockClear();
  return (caught.mock.calls as unknown[][])[0]?.[0];
}
