import { messageType, revise } from '@stasis-rx/core';
import { assertImmutable } from '@stasis-rx/core/testing';
import * as fc from 'fast-check';
import { checkProperty, PROPERTY_TIMEOUT_MS } from './check-property.js';

const Anything = messageType<unknown>('anything');
const Tree = messageType<Branch>('tree');

/** What recipes change: objects and arrays, in each other. */
type Branch = unknown[] | Record<string, unknown>;

const key = fc.oneof(fc.constantFrom('a', 'b', 'constructor', '', 'two words', '0'), fc.string());
const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.constant(undefined));
const { tree, branch } = fc.letrec<{ tree: unknown; branch: Branch }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, leaf, tie('branch')),
  branch: fc.oneof(fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(key, tie('tree'), { maxKeys: 4 })),
}));
const collection = fc.oneof(
  fc.array(fc.tuple(fc.string(), tree)).map((entries) => new Map(entries)),
  fc.array(tree).map((values) => new Set(values)),
);

it(
  'M3: freezes whatever data it is given, in place, all the way down',
  () =>
    checkProperty(
      fc.property(fc.oneof(tree, collection, fc.array(collection)), (data) => {
        const before = structuredClone(data);
        const message = Anything(data);
        expect(message.data).toBe(data);
        expect(message.data).toEqual(before);
        assertImmutable(message);
      }),
    ),
  PROPERTY_TIMEOUT_MS,
);

it(
  'M3: revises by any recipe, and leaves the old message as it was',
  () =>
    checkProperty(
      fc.property(branch, fc.array(edit(), { maxLength: 6 }), (data, edits) => {
        const before = structuredClone(data);
        const after = structuredClone(data);
        for (const { apply } of edits) apply(after);
        const message = Tree(data, { eid: 'node-b' });
        const revised = revise(message, (draft) => {
          for (const { apply } of edits) apply(draft);
        });
        expect(revised.data).toEqual(after);
        expect(revised).toMatchObject({ type: Tree, eid: 'node-b' });
        assertImmutable(revised);
        expect(message.data).toEqual(before);
      }),
    ),
  PROPERTY_TIMEOUT_MS,
);

it(
  'M3: assertImmutable names the path of whatever can be changed',
  () =>
    checkProperty(
      fc.property(mutablePart(), fc.array(wrapping(), { maxLength: 5 }), ({ value, fault }, wrappings) => {
        let data: unknown = value;
        let path = '';
        for (const { step, around } of wrappings) {
          data = around(data);
          path = step + path;
        }
        expect(() => {
          assertImmutable(Anything(data));
        }).toThrow(`[core] assertImmutable(): "anything" can be changed at data${path}${fault}.`);
      }),
    ),
  PROPERTY_TIMEOUT_MS,
);

interface Edit {
  apply(branch: Branch): void;
}

/** One change somewhere below a branch. It goes down as far as there are branches. */
function edit(): fc.Arbitrary<Edit> {
  const turns = fc.array(fc.nat(4), { maxLength: 3 });
  const change = fc.constantFrom('set', 'delete', 'append');
  return fc.tuple(turns, change, key, tree).map(([way, how, name, value]) => ({
    apply: (root) => {
      const target = descend(root, way);
      if (Array.isArray(target)) changeArray(target, how, structuredClone(value));
      else if (how === 'delete') Reflect.deleteProperty(target, name);
      else target[name === '__proto__' ? 'proto' : name] = structuredClone(value);
    },
    toString: () => `${how} ${JSON.stringify(name)} at [${way.join(', ')}]: ${fc.stringify(value)}`,
  }));
}

function changeArray(array: unknown[], how: string, value: unknown): void {
  if (how === 'append') array.push(value);
  else if (how === 'delete') array.shift();
  else array[0] = value;
}

function descend(root: Branch, way: readonly number[]): Branch {
  let target = root;
  for (const turn of way) {
    const branches = Object.values(target).filter(
      (child): child is Branch => typeof child === 'object' && child !== null,
    );
    target = branches[turn % branches.length] ?? target;
  }
  return target;
}

class Account {
  balance = 0;
}

interface MutablePart {
  readonly value: unknown;
  /** What is said of it. */
  readonly fault: string;
}

function mutablePart(): fc.Arbitrary<MutablePart> {
  return fc.constantFrom<MutablePart[]>(
    { value: new Date(0), fault: ' (Date)' },
    { value: new Uint8Array(1), fault: ' (Uint8Array)' },
    { value: new Account(), fault: ' (Account, not frozen)' },
    { value: () => undefined, fault: ' (function, not frozen)' },
    // Immer stops at what is frozen already, and does not see what lies below.
    { value: Object.freeze({ below: {} }), fault: '.below (not frozen)' },
  );
}

function wrapping(): fc.Arbitrary<{ readonly step: string; around(value: unknown): unknown }> {
  return fc.constantFrom(
    { step: '.owner', around: (owner: unknown) => ({ owner, name: 'ann' }) },
    { step: '["two words"]', around: (value: unknown) => ({ 'two words': value }) },
    { step: '[1]', around: (value: unknown) => [0, value] },
    { step: '.get("ann")', around: (value: unknown) => new Map([['ann', value]]) },
    { step: '.values()[0]', around: (value: unknown) => new Set([value]) },
  );
}
