import { useLatest } from '@stasis-rx/react';
import type { ReactNode } from 'react';
import { Announcement } from '../../model/index.js';
import { useWallboard } from './wallboard-context.js';

/** Says the few things that those who do not see the board would miss. */
export function Announcer(): ReactNode {
  const words = useLatest(useWallboard().announcements, Announcement);
  return (
    <p className="visually-hidden" role="status">
      {words?.data}
    </p>
  );
}
