import { useEffect, useState, type ReactNode } from 'react';
import { useWallboard } from './wallboard-context.js';

/** Says the few things that those who do not see the board would miss. */
export function Announcer(): ReactNode {
  const { announcements } = useWallboard();
  const [t, set] = useState('');
  useEffect(() => {
    const s = announcements.subscribe(({ data }) => set(data));
    return () => s.unsubscribe();
  }, [announcements]);
  return (
    <p className="visually-hidden" role="status">
      {t}
    </p>
  );
}
