/** Whose mailbox it is. None of its functions but `handle` may throw. */
export interface Consumer<Item, Origin> {
  /**
   * Handles one item. A thenable or Observable that it returns is waited for; anything it throws goes to `fail`.
   *
   * @param isSampled whether the time of this one is taken
   * @param isLast whether it is the last item of all
   */
  handle(item: Item, origin: Origin | undefined, isSampled: boolean, isLast: boolean): unknown;
  /** There is nothing left to handle, and the last item has been handled. */
  idle?(): void;
  /** An item's handling threw or rejected. */
  fail(error: unknown, item: Item, origin: Origin | undefined): void;
}
