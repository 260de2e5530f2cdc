/** The outline of a joined PDF: one tree of the headings of all parts, each with its neighbours. */

import { changed, type PdfDictionary, plain, reference } from "./pdf-value.ts";

/** A heading, in the order of the book. Depth 0 stands at the top. */
export interface OutlineItem {
  readonly number: number;
  readonly depth: number;
}

export interface OutlineNode {
  readonly parent: OutlineNode | undefined;
  readonly number: number;
  readonly kids: OutlineNode[];
}

/** The top of the tree. A heading hangs below the last one before it that stands less deep. */
export function outlineTree(items: readonly OutlineItem[]): OutlineNode[] {
  const top: OutlineNode[] = [];
  const open: { readonly node: OutlineNode; readonly depth: number }[] = [];
  for (const { number, depth } of items) {
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const parent = open.at(-1)?.node;
    const node = { parent, number, kids: [] };
    (parent?.kids ?? top).push(node);
    open.push({ node, depth });
  }
  return top;
}

/** What each heading's entry says of its neighbours; below the top all is folded. */
export function outlineEntries(
  top: readonly OutlineNode[],
  root: number,
): ReadonlyMap<number, (entry: PdfDictionary) => PdfDictionary> {
  const entries = new Map<number, (entry: PdfDictionary) => PdfDictionary>();
  const visit = (siblings: readonly OutlineNode[]): void => {
    siblings.forEach(({ parent, number, kids }, i) => {
      const to = (node: OutlineNode | undefined) => (node === undefined ? undefined : reference(node.number));
      entries.set(number, (entry) =>
        changed(entry, {
          Parent: reference(parent?.number ?? root),
          Prev: to(siblings[i - 1]),
          Next: to(siblings[i + 1]),
          First: to(kids[0]),
          Last: to(kids.at(-1)),
          Count: kids.length === 0 ? undefined : plain(-kids.length),
        }),
      );
      visit(kids);
    });
  };
  visit(top);
  return entries;
}
