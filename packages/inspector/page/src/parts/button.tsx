interface ButtonProps {
  readonly onPress: () => void;
  readonly children: React.ReactNode;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  /** Said instead of what is written on it. */
  readonly label?: string;
  /** The key that does the same. */
  readonly shortcut?: string;
  readonly kind?: 'plain' | 'primary' | 'quiet';
}

export function Button({
  onPress,
  children,
  isPressed,
  isDisabled,
  label,
  shortcut,
  kind = 'plain',
}: ButtonProps): React.ReactNode {
  return (
    <button
      type="button"
      className={`button button--${kind}`}
      onClick={onPress}
      aria-pressed={isPressed}
      disabled={isDisabled}
      aria-label={label}
      title={shortcut === undefined ? label : `${label ?? ''} (key ${shortcut})`.trim()}
      aria-keyshortcuts={shortcut}
    >
      {children}
    </button>
  );
}
