/** A list of figures with their names, whose texts change and whose elements stay. */
export class Figures {
  readonly #list: HTMLElement;
  readonly #values = new Map<string, HTMLElement>();

  /** @param list a `dl`, emptied */
  constructor(list: HTMLElement) {
    this.#list = list;
    list.replaceChildren();
  }

  show(figures: Readonly<Record<string, string | number>>): void {
    for (const [name, value] of Object.entries(figures)) {
      const element = this.#values.get(name) ?? this.#add(name);
      const text = typeof value === 'number' ? value.toLocaleString('en') : value;
      if (element.textContent !== text) element.textContent = text;
    }
  }

  #add(name: string): HTMLElement {
    const pair = document.createElement('div');
    const term = document.createElement('dt');
    const value = document.createElement('dd');
    term.textContent = name;
    pair.append(term, value);
    this.#list.append(pair);
    this.#values.set(name, value);
    return value;
  }
}
