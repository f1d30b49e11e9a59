import type { Shown } from '../../../src/protocol/shown.js';
import { keyOf, textOfShown } from '../../../src/model/values/text-of-shown.js';

interface ShownTreeProps {
  readonly value: Shown;
  /** The key that it stands under. */
  readonly name?: string;
  readonly isOpen?: boolean;
}

/** A value, part by part. Everything is text: nothing of it is taken for anything else. */
export function ShownTree({ value, name, isOpen = false }: ShownTreeProps): React.ReactNode {
  const parts = partsOf(value);
  const label = name === undefined ? null : <span className="tree__key">{name}: </span>;
  if (parts === undefined) {
    return (
      <div className="tree__leaf">
        {label}
        <span className={`tree__value tree__value--${kindOf(value)}`}>{textOfShown(value, 20_000)}</span>
      </div>
    );
  }
  return (
    <details className="tree" open={isOpen}>
      <summary>
        {label}
        <span className="tree__summary">{textOfShown(value, 80)}</span>
      </summary>
      {parts.map(([key, part], index) => (
        <ShownTree key={`${index} ${key}`} name={key} value={part} />
      ))}
      {isCut(value) && <p className="tree__more">There is more than is shown.</p>}
    </details>
  );
}

function partsOf(value: Shown): readonly (readonly [string, Shown])[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('items' in value) return value.items.map((item, index) => [String(index), item]);
  return 'entries' in value ? value.entries.map(([key, item]) => [keyOf(key), item]) : undefined;
}

function isCut(value: Shown): boolean {
  if (typeof value !== 'object' || value === null || !('size' in value)) return false;
  return value.size > ('items' in value ? value.items.length : value.entries.length);
}

function kindOf(value: Shown): string {
  return typeof value === 'object' && value !== null ? 'other' : typeof value;
}
