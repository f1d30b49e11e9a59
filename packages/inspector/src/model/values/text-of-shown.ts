import type { Shown, ShownOther, ShownPart, ShownText } from '../../protocol/shown.js';

/**
 * A shown value on one line, as somebody would write it down in JavaScript.
 * @param limit about how many characters at most; what is beyond is `…`
 */
export function textOfShown(value: Shown, limit = 200): string {
  const writer = new Writer(limit);
  writer.write(value);
  return writer.text;
}

class Writer {
  text = '';
  /** Nothing more is written. */
  isFull = false;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  write(value: Shown): void {
    if (value === null || typeof value !== 'object') this.#add(JSON.stringify(value));
    else this.#writePart(value);
  }

  #writePart(part: ShownPart): void {
    if ('items' in part) {
      this.#list(part.is === 'set' ? 'Set [' : '[', part.items, part.size, ']', (item) => this.write(item));
    } else if ('entries' in part) {
      const name = part.name ?? (part.is === 'map' ? 'Map' : '');
      this.#list(name === '' ? '{' : `${name} {`, part.entries, part.size, '}', ([key, item]) => {
        this.#add(`${keyOf(key)}: `);
        this.write(item);
      });
    } else {
      this.#add(textOfOther(part));
    }
  }

  #list<Item>(open: string, items: readonly Item[], size: number, close: string, write: (item: Item) => void): void {
    this.#add(open);
    for (const [index, item] of items.entries()) {
      if (this.isFull) return;
      if (index > 0) this.#add(', ');
      write(item);
    }
    const rest = size - items.length;
    if (rest > 0) this.#add(`${items.length > 0 ? ', ' : ''}… ${rest} more`);
    this.#add(close);
  }

  #add(text: string): void {
    if (this.isFull) return;
    const room = this.#limit - this.text.length;
    this.isFull = text.length > room;
    this.text += this.isFull ? `${text.slice(0, room)}…` : text;
  }
}

/** The name of a property, or a key of a map, for people. */
export function keyOf(key: Shown): string {
  return typeof key === 'string' ? key : textOfShown(key, 60);
}

/** What has no parts of its own, in words. */
function textOfOther(part: ShownText | ShownOther): string {
  if (part.is === 'text') return `${JSON.stringify(part.text).slice(0, -1)}…" (${part.length} characters)`;
  if (part.is === 'bigint') return `${part.text}n`;
  if (part.is === 'undefined') return 'undefined';
  if (part.is === 'number' || part.is === 'date') return part.text;
  return `‹${part.is}${part.text === '' || part.text === part.is ? '' : ` ${part.text}`}›`;
}
