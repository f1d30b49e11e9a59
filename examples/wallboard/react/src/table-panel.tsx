import type { ReactNode } from 'react';

interface TablePanelProps {
  readonly name: 'channels' | 'bridges';
  readonly title: string;
  /** How many there are now. */
  readonly alive: number;
  /** How many there have been. */
  readonly created: number;
  /** How many have no row. */
  readonly more: number;
  readonly emptyText: string;
  /** Head and body of the table. */
  readonly children: ReactNode;
}

/** A table of what is alive, or a text where nothing is. The frame scrolls, also by keyboard. */
export function TablePanel({ name, title, alive, created, more, emptyText, children }: TablePanelProps): ReactNode {
  const titleId = `${name}-title`;
  return (
    <section className={`board__${name} panel`} aria-labelledby={titleId}>
      <div className="panel__head">
        <h2 className="panel__title" id={titleId}>
          {title}
        </h2>
        <span className="panel__count" data-figure={`${name}-alive`}>
          {alive}
        </span>
        <span className="panel__note">
          <span data-figure={`${name}-created`}>{created}</span> so far
        </span>
      </div>
      {alive === 0 ? (
        <p className="empty">{emptyText}</p>
      ) : (
        <div className="table-frame" role="region" aria-labelledby={titleId} tabIndex={0}>
          <table className="table" aria-labelledby={titleId}>
            {children}
          </table>
          {more > 0 && <p className="table-more">and {more} more</p>}
        </div>
      )}
    </section>
  );
}
