/** More of them say nothing new. */
const MOST = 20;
const MAX_LENGTH = 400;

/** The promises that were broken: the first few are told of, all of them are counted. */
export class Violations {
  #count = 0;
  readonly #tell: (text: string) => void;

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  get count(): number {
    return this.#count;
  }

  readonly add = (text: string): void => {
    this.#count++;
    if (this.#count <= MOST) this.#tell(text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);
    else if (this.#count === MOST + 1) this.#tell('and more, which are only counted');
  };
}
