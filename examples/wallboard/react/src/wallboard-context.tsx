import { createContext, use, type ReactNode } from 'react';
import type { Wallboard } from '../../model/index.js';

const WallboardContext = createContext<Wallboard | null>(null);

export function WallboardProvider({ wallboard, children }: { wallboard: Wallboard; children: ReactNode }): ReactNode {
  return <WallboardContext value={wallboard}>{children}</WallboardContext>;
}

export function useWallboard(): Wallboard {
  const wallboard = use(WallboardContext);
  if (wallboard === null) throw new Error('useWallboard() is called outside of a WallboardProvider');
  return wallboard;
}
