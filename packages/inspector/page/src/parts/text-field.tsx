import { useId, type RefObject } from 'react';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  readonly onEnter?: () => void;
  /** Names that can be chosen from. */
  readonly choices?: readonly string[];
}

/** So many choices a browser can still list. */
const MOST_CHOICES = 300;

export function TextField({
  label,
  value,
  onChange,
  placeholder,
  inputRef,
  onEnter,
  choices,
}: TextFieldProps): React.ReactNode {
  const id = useId();
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        ref={inputRef}
        type="search"
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        list={choices === undefined ? undefined : id}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') onEnter?.();
        }}
      />
      {choices !== undefined && (
        <datalist id={id}>
          {choices.slice(0, MOST_CHOICES).map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </label>
  );
}
