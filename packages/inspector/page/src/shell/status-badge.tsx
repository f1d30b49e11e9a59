import type { Status } from '../client/status.js';

/** How it stands with the connection: in a word, a shape and a colour. */
export function StatusBadge({ status: { phase, text } }: { readonly status: Status }): React.ReactNode {
  return (
    <span className={`badge badge--${phase}`} data-phase={phase}>
      <span className={`glyph glyph--${phase}`} aria-hidden="true" />
      <span className="badge__text">{text}</span>
    </span>
  );
}
