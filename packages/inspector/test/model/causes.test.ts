import { causeTreeOf, rootOf } from '../../src/model/causes/cause-tree.js';
import { sequenceOf } from '../../src/model/causes/sequence.js';
import { Model } from '../../src/model/model.js';
import { published, told } from '../support/told.js';

function modelOf(...records: ReturnType<typeof told>[]): Model {
  const model = new Model();
  model.apply({ is: 'records', records });
  return model;
}

test('the tree of a message begins at what began it, and each stands before what came of it', () => {
  const { messages } = modelOf(
    published(1),
    published(2, { cause: 1 }),
    published(3, { cause: 1 }),
    published(4, { cause: 2 }),
    published(5),
  );
  for (const id of [1, 2, 3, 4]) {
    const { nodes, isCut } = causeTreeOf(messages, id);
    expect(nodes.map((node) => [node.id, node.depth])).toEqual([
      [1, 0],
      [2, 1],
      [4, 2],
      [3, 1],
    ]);
    expect(isCut).toBe(false);
  }
});

test('a cause that is no longer kept still stands at the top', () => {
  const { messages } = modelOf(published(8, { cause: 7 }), published(9, { cause: 8 }), published(10, { cause: 7 }));
  expect(rootOf(messages, 9)).toBe(7);
  expect(causeTreeOf(messages, 9).nodes.map(({ id, depth, row }) => [id, depth, row?.id])).toEqual([
    [7, 0, undefined],
    [8, 1, 8],
    [9, 2, 9],
  ]);
});

test('a tree is cut, and ends, whatever causes name each other', () => {
  const { messages } = modelOf(...Array.from({ length: 1000 }, (_, id) => published(id + 1, { cause: id })));
  const tree = causeTreeOf(messages, 900, 50);
  expect(tree.nodes).toHaveLength(50);
  expect(tree.isCut).toBe(true);

  const circle = modelOf(published(1, { cause: 2 }), published(2, { cause: 1 })).messages;
  expect(causeTreeOf(circle, 1).nodes.length).toBeLessThanOrEqual(2);
  const itself = modelOf(published(1, { cause: 1 })).messages;
  expect(causeTreeOf(itself, 1).nodes.length).toBeLessThanOrEqual(1);
});

test('the sequence goes between topics and subscriptions in the order of time', () => {
  const { messages } = modelOf(
    published(1, { at: 10 }),
    told('queued', 1, 11),
    told('queued', 1, 11, { subscription: 'orders#2' }),
    told('began', 1, 12),
    told('began', 1, 12.5, { subscription: 'orders#2' }),
    published(2, { at: 13, cause: 1, topic: 'bills' }),
    told('ended', 1, 12.8, { subscription: 'orders#2', error: 'no' }),
    told('ended', 1, 14),
    told('dropped', 2, 15, { subscription: 'bills#3' }),
  );
  const { participants, steps } = sequenceOf(causeTreeOf(messages, 2));
  const name = (place: number) => participants[place]!.name || participants[place]!.kind;
  expect(steps.map(({ kind, from, to, state }) => [kind, name(from), name(to), state])).toEqual([
    ['published', 'outside', 'orders', undefined],
    ['delivered', 'orders', 'orders#1', 'handled'],
    ['delivered', 'orders', 'orders#2', 'failed'],
    ['published', 'orders#1', 'bills', undefined],
    ['delivered', 'bills', 'bills#3', 'dropped'],
  ]);
});
