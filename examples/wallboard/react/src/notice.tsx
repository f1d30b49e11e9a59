import type { ReactNode } from 'react';
import { SourceState } from '../../model/index.js';
import { useShown } from './use-shown.js';
import { useWallboard } from './wallboard-context.js';

/** What is wrong, if anything is. Not spoken at once: attempts to connect may go on all night. */
export function Notice(): ReactNode {
  const { source } = useWallboard();
  const { phase, problem } = useShown(SourceState);
  if (problem === null) return null;
  return (
    <section className={`notice notice--${phase}`} aria-label="Problem">
      <span className={`glyph glyph--${phase}`} aria-hidden="true" />
      <p className="notice__text">{problem}</p>
      {source.kind === 'playback' && (
        <button type="button" className="button" onClick={() => source.retry()}>
          Try again
        </button>
      )}
    </section>
  );
}
