import { useInspector, useNowAndThen } from '../client/inspector-context.js';

/** Tells those who do not see the page how it stands with the connection. */
export function Announcer(): React.ReactNode {
  useNowAndThen();
  const { status } = useInspector();
  return (
    <p className="visually-hidden" role="status">
      {status.text}
    </p>
  );
}
