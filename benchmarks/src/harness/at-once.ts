/**
 * Does something with each item, with so many at a time, and gives the results in the order of the items.
 *
 * @throws what the first that fails does; those that are under way go on
 */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const workOn = async (): Promise<void> => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: most }, workOn));
  return results;
}
