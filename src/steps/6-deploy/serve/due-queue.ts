/** Things that wait for their moment, given back in its order: a binary heap. */

export class DueQueue<Item> {
  readonly #items: { readonly moment: number; readonly item: Item }[] = [];

  get size(): number {
    return this.#items.length;
  }

  add(moment: number, item: Item): void {
    const items = this.#items;
    items.push({ moment, item });
    for (let at = items.length - 1; at > 0; ) {
      const above = (at - 1) >> 1;
      if (items[above].moment <= items[at].moment) return;
      [items[above], items[at]] = [items[at], items[above]];
      at = above;
    }
  }

  /** Takes the first away, where its moment is before `until`. */
  take(until: number): { readonly moment: number; readonly item: Item } | undefined {
    const items = this.#items;
    const [first] = items;
    if (first === undefined || !(first.moment < until)) return undefined;
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    items[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < items.length && items[left].moment < items[least].moment) least = left;
      if (right < items.length && items[right].moment < items[least].moment) least = right;
      if (least === at) return first;
      [items[least], items[at]] = [items[at], items[least]];
      at = least;
    }
  }

  /** All of them, in no order. */
  [Symbol.iterator](): Iterator<{ readonly moment: number; readonly item: Item }> {
    return this.#items[Symbol.iterator]();
  }
}
