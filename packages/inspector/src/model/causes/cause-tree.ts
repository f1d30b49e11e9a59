import type { MessageRow } from '../messages/message-row.js';
import type { MessageTable } from '../messages/message-table.js';

/** One message in the tree of what came of what. */
export interface CauseNode {
  readonly id: number;
  /** `undefined` when it is no longer kept. */
  readonly row: MessageRow | undefined;
  /** How many causes stand above it. */
  readonly depth: number;
  /** How many messages it has brought about, those that are left out among them. */
  readonly children: number;
}

/** The tree, each message before those that it has brought about. */
export interface CauseTree {
  readonly nodes: readonly CauseNode[];
  /** Whether there are more of them than are shown. */
  readonly isCut: boolean;
}

/**
 * Everything that hangs together with a message: what began it, and all that came of that.
 * @param limit how many messages at most
 */
export function causeTreeOf(table: MessageTable, id: number, limit = 500): CauseTree {
  const nodes: CauseNode[] = [];
  const waiting: (readonly [id: number, depth: number])[] = [[rootOf(table, id), 0]];
  const seen = new Set<number>();
  for (let next = waiting.pop(); next !== undefined && nodes.length < limit; next = waiting.pop()) {
    const [at, depth] = next;
    if (seen.has(at)) continue;
    seen.add(at);
    const row = table.get(at);
    // Of a cause that is gone only the one that is asked about is known.
    const children = row?.children ?? childOfGone(table, at, id);
    nodes.push({ id: at, row, depth, children: children.length });
    for (let index = Math.min(children.length, limit) - 1; index >= 0; index--) {
      waiting.push([children[index] ?? 0, depth + 1]);
    }
  }
  const shown = nodes.length;
  return { nodes, isCut: waiting.length > 0 || nodes.reduce((sum, { children }) => sum + children, 1) > shown };
}

/** The first of the causes; where it is no longer kept, its id. */
export function rootOf(table: MessageTable, id: number): number {
  const seen = new Set<number>();
  let root = id;
  for (let row = table.get(id); row !== undefined && !seen.has(root); row = table.get(root)) {
    seen.add(root);
    if (row.cause === undefined) return root;
    root = row.cause;
  }
  return root;
}

function childOfGone(table: MessageTable, gone: number, id: number): readonly number[] {
  for (let at: number | undefined = id; at !== undefined;) {
    const cause: number | undefined = table.get(at)?.cause;
    if (cause === gone) return [at];
    if (cause === at) return [];
    at = cause;
  }
  return [];
}
