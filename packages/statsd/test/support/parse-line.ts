/** A metric line, taken apart as a server does it. */
export interface ParsedLine {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  readonly rate: number;
  readonly tags: readonly string[];
}

/** Reads one line by the grammar of D1, strictly: `name:value|type`, then `|@rate`, then `|#key:value,key:value`. */
export function parseLine(line: string): ParsedLine {
  const [head = '', type = '', ...extras] = line.split('|');
  const [name = '', value = '', ...more] = head.split(':');
  check(name !== '' && value !== '' && more.length === 0, 'one name and one value', line);
  check(/^[a-zA-Z]+$/.test(type), 'a type', line);
  const rate = extras[0]?.startsWith('@') === true ? extras.shift()!.slice(1) : '1';
  check(/^\d+(\.\d+)?$/.test(rate), 'a rate', line);
  const tags = extras[0]?.startsWith('#') === true ? extras.shift()!.slice(1).split(',') : [];
  check(!tags.some((tag) => tag.startsWith(':') || tag === ''), 'tags with keys', line);
  check(extras.length === 0, 'nothing more', line);
  return { name, value, type, rate: Number(rate), tags };
}

function check(isRight: boolean, what: string, line: string): void {
  if (!isRight) throw new Error(`expected ${what} in ${JSON.stringify(line)}`);
}
