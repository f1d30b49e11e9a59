interface StateMarkProps {
  /** Which shape and colour it has. */
  readonly state: string;
  /** What it says; beside the shape, so that colour is never all. */
  readonly children?: React.ReactNode;
}

export function StateMark({ state, children }: StateMarkProps): React.ReactNode {
  return (
    <span className={`state state--${state}`}>
      <span className={`glyph glyph--${state}`} aria-hidden="true" />
      {children}
    </span>
  );
}
