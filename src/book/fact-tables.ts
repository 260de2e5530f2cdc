/** The facts of a section as tables: single facts as name and value, lists of like things as a table of their own. */

import type { FactNode, FactPlace } from "../design/fact-tree.ts";
import { type Block, type BookTable, type Cell, code, heading, type Inline, tableOf, text } from "./document.ts";

/**
 * As the note writes them, in its order; nothing is left out, and what is only proposed says so. `source` is the whole note, in which the
 * facts have their places.
 */
export function factTables(
  root: FactNode,
  source: string,
  isProposed: (place: FactPlace) => boolean = () => false,
): Block[] {
  return new FactWriter(source, isProposed).tables(root);
}

/** Behind a value that nobody has accepted. */
const PROPOSED: Inline = { kind: "small", of: [text(" (proposed)")] };

class FactWriter {
  private readonly source: string;
  private readonly isProposed: (place: FactPlace) => boolean;

  constructor(source: string, isProposed: (place: FactPlace) => boolean) {
    this.source = source;
    this.isProposed = isProposed;
  }

  tables(root: FactNode): Block[] {
    const singles: { readonly name: string; readonly cell: Cell }[] = [];
    const lists: Block[] = [];
    for (const [key, node] of root.entries ?? []) {
      const table = this.listTable(node);
      if (table === undefined) singles.push(...this.flatten(key, node));
      else lists.push(heading(3, wordsOf(key)), table);
    }
    const rows = singles.map(({ name, cell }): readonly Cell[] => [[text(name)], cell]);
    const single: BookTable = { ...tableOf([], rows), right: [false, false] };
    return [...(rows.length === 0 ? [] : [single]), ...lists];
  }

  /** A map whose values are maps is written path by path. */
  flatten(name: string, node: FactNode): { readonly name: string; readonly cell: Cell }[] {
    if (
      node.entries !== undefined &&
      node.entries.size > 0 &&
      ([...node.entries.values()].some((one) => one.entries !== undefined || this.isLong(one)) ||
        this.isPartlyProposed(node))
    ) {
      return [...node.entries].flatMap(([key, one]) => this.flatten(`${name}: ${wordsOf(key)}`, one));
    }
    return [{ name: wordsOf(name), cell: this.marked(this.cellOf(node), node) }];
  }

  /** Then each part says for itself whether it is. */
  isPartlyProposed(node: FactNode): boolean {
    const parts = [...(node.entries?.values() ?? [])].map((one) => this.isProposed(one));
    return parts.includes(true) && parts.includes(false);
  }

  isLong(node: FactNode): boolean {
    return this.written(node).length > 60;
  }

  /** Two or more maps with a key in common, or one map in a list. */
  listTable(node: FactNode): BookTable | undefined {
    const { items } = node;
    if (items === undefined || items.length === 0 || items.some((one) => one.entries === undefined)) return undefined;
    const keys = [...new Set(items.flatMap((one) => [...(one.entries?.keys() ?? [])]))];
    const header = keys.map((key): Cell => [text(wordsOf(key))]);
    const rows = items.map((one) => {
      const cells = keys.map((key): Cell => {
        const value = one.entries?.get(key);
        return value === undefined ? [] : this.cellOf(value);
      });
      return [this.marked(cells[0], one), ...cells.slice(1)];
    });
    return tableOf(header, rows);
  }

  marked(cell: Cell, node: FactNode): Cell {
    return this.isProposed(node) ? [...cell, PROPOSED] : cell;
  }

  cellOf(node: FactNode): Cell {
    const value = this.written(node);
    return /^[\w@]+(?:[_@][\w@]+)+$/u.test(value) ? [code(value)] : [text(value)];
  }

  /** A value in words: lists with commas, maps as `name value`. */
  written(node: FactNode): string {
    if (node.items !== undefined && node.items.length === 0) return "none";
    if (node.items !== undefined)
      return node.items
        .map((one) => (one.entries === undefined ? this.written(one) : `(${this.written(one)})`))
        .join(", ");
    if (node.entries !== undefined)
      return [...node.entries]
        .map(
          ([key, one]) => `${wordsOf(key)} ${one.entries === undefined ? this.written(one) : `(${this.written(one)})`}`,
        )
        .join(", ");
    if (node.scalar === null || node.scalar === undefined) return "not said";
    if (typeof node.scalar === "boolean") return node.scalar ? "yes" : "no";
    // As it is typed: `0.010` says more than 0.01.
    return typeof node.scalar === "number" ? this.source.slice(node.start, node.end).trim() : node.scalar;
  }
}

function wordsOf(key: string): string {
  return /[_@]/u.test(key) ? key : key.replaceAll("-", " ");
}
