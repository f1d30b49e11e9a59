import type { RecordedData } from '../protocol/recorded.js';
import type { Shown, ShownObject, ShownOther, ShownPart, ShownText } from '../protocol/shown.js';

/** How many alterations are told. */
const MAX_TOLD = 10;

/** The data as JSON has them, and what JSON could not carry. What was cut off when they were shown is told too. */
export function plainOfShown(shown: Shown): RecordedData {
  const altered: string[] = [];
  const data = new Plain(altered).of(shown, '');
  return {
    ...(data === undefined ? undefined : { data }),
    ...(altered.length === 0 ? undefined : { altered }),
  };
}

class Plain {
  readonly #altered: string[];

  constructor(altered: string[]) {
    this.#altered = altered;
  }

  of(shown: Shown, path: string): unknown {
    return typeof shown === 'object' && shown !== null ? this.#part(shown, path) : shown;
  }

  #part(part: ShownPart, path: string): unknown {
    if (part.is === 'object') return this.#object(part, path);
    if (part.is === 'map' || part.is === 'set') this.#tell(path, part.is);
    if ('entries' in part) {
      return this.#all(part.entries, part.size, path).map((pair) => pair.map((each) => this.of(each, path)));
    }
    if ('items' in part) {
      return this.#all(part.items, part.size, path).map((item, index) => this.of(item, `${path}[${index}]`));
    }
    return part.is === 'text' ? this.#text(part, path) : this.#other(part, path);
  }

  #text({ text, length }: ShownText, path: string): string {
    this.#tell(path, `text of ${length} characters`);
    return text;
  }

  /** The key that reaches a prototype, when somebody copies an object key by key, is left out. */
  #object({ name, entries, size }: ShownObject, path: string): unknown {
    if (name !== undefined) this.#tell(path, name);
    const fields = this.#all(entries, size, path).flatMap(([shownKey, value]) => {
      const key = String(this.of(shownKey, path));
      if (key !== '__proto__') return [[key, this.of(value, (path && `${path}.`) + key)]];
      this.#tell(path, key);
      return [];
    });
    return Object.fromEntries(fields) as unknown;
  }

  /** A message without data is one that JSON has, too. Of dates, functions and large numbers the text remains. */
  #other({ is, text }: ShownOther, path: string): unknown {
    if (path !== '' || is !== 'undefined') this.#tell(path, `${is} ${text}`);
    if (is === 'undefined') return undefined;
    if (text === '-0') return 0;
    return is === 'bigint' || is === 'date' || is === 'function' ? text : null;
  }

  #all<Part>(parts: readonly Part[], size: number, path: string): readonly Part[] {
    if (parts.length < size) this.#tell(path, `${size} entries`);
    return parts;
  }

  #tell(path: string, what: string): void {
    if (this.#altered.length < MAX_TOLD) this.#altered.push((path && `${path}: `) + what);
  }
}
