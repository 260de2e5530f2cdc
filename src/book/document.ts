/** A book as a tree: what is printed, told apart from how. PDF, site and Markdown are written from the same tree. */

import type { State } from "../system/run-summary.ts";

/** A part of a line. `to` is an address, or `#id` for a place anywhere in the book. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  /** LaTeX, as it stands between dollar signs. */
  | { readonly kind: "math"; readonly tex: string }
  | {
      readonly kind: "strong" | "emphasis" | "struck" | "small" | "raised" | "lowered";
      readonly of: readonly Inline[];
    }
  | { readonly kind: "link"; readonly to: string; readonly of: readonly Inline[] }
  /** A footnote; those of one name in a chapter are one, cited more than once. */
  | { readonly kind: "note"; readonly name: string; readonly of: readonly Block[] }
  /** A state is a shape and a word, never a colour alone. */
  | { readonly kind: "state"; readonly state: State; readonly word: string }
  | { readonly kind: "break" };

export type Cell = readonly Inline[];

export interface BookTable {
  readonly kind: "table";
  /** Empty for a table without a head. */
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** Columns whose cells are numbers stand to the right. */
  readonly right: readonly boolean[];
  /** The first column names the row. */
  readonly isNamed: boolean;
}

export type Block =
  | { readonly kind: "heading"; readonly depth: 1 | 2 | 3 | 4; readonly of: readonly Inline[]; readonly id?: string }
  | { readonly kind: "paragraph"; readonly of: readonly Inline[] }
  /** Heptad speaking in a sentence: the answer of a page. */
  | { readonly kind: "lead"; readonly of: readonly Inline[] }
  | { readonly kind: "list"; readonly start: number | null; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: "quote"; readonly of: readonly Block[] }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  /** One or more lines of mathematics that belong together, in LaTeX. */
  | { readonly kind: "formula"; readonly lines: readonly string[] }
  | BookTable
  /** A drawing of our own; `says` is the sentence for whoever does not see it. */
  | { readonly kind: "figure"; readonly svg: string; readonly caption: string; readonly says: string }
  /** A picture of the note, as a path from the folder where the book is made. */
  | { readonly kind: "picture"; readonly path: string; readonly says: string }
  | { readonly kind: "rule" };

/** A chapter is a page of the site. */
export interface Chapter {
  /** Unique in the book; links lead to it. */
  readonly id: string;
  readonly title: string;
  /** In the running head, where the title is long. */
  readonly short?: string;
  readonly blocks: readonly Block[];
}

export interface Part {
  readonly id: string;
  readonly title: string;
  readonly chapters: readonly Chapter[];
}

export interface Book {
  readonly title: string;
  readonly subtitle: string;
  readonly parts: readonly Part[];
  /** One page each: a design at a glance. */
  readonly sheets: readonly Chapter[];
}

export function text(value: string): Inline {
  return { kind: "text", text: value };
}

export function code(value: string): Inline {
  return { kind: "code", text: value };
}

export function paragraph(...of: readonly (Inline | string)[]): Block {
  return { kind: "paragraph", of: of.map((one) => (typeof one === "string" ? text(one) : one)) };
}

export function heading(depth: 1 | 2 | 3 | 4, title: string, id?: string): Block {
  return { kind: "heading", depth, of: [text(title)], id };
}

export function tableOf(header: readonly Cell[], rows: readonly (readonly Cell[])[]): BookTable {
  const width = Math.max(header.length, ...rows.map((row) => row.length), 0);
  const right = Array.from({ length: width }, (_, i) => i > 0 && isNumeric(rows.map((row) => row[i] ?? [])));
  return { kind: "table", header, rows, right, isNamed: true };
}

function isNumeric(cells: readonly Cell[]): boolean {
  const written = cells.map(plainText).filter((cell) => cell !== "");
  return (
    written.length > 0 && written.every((cell) => /^[-+−$±≈~]?\d[\d.,]*(?:\s?\S{0,12})?(?:\s*\[[^\]]*\])?$/u.test(cell))
  );
}

/** The words of a line without their form. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((one) => {
      switch (one.kind) {
        case "text":
        case "code":
          return one.text;
        case "math":
          return one.tex;
        case "state":
          return one.word;
        case "break":
          return " ";
        case "note":
          return "";
        case "raised":
          return `^${plainText(one.of)}`;
        default:
          return plainText(one.of);
      }
    })
    .join("");
}

/** Blocks below blocks, each once, in the order of the page. */
export function* allBlocks(blocks: readonly Block[]): Generator<Block> {
  for (const block of blocks) {
    yield block;
    if (block.kind === "quote") yield* allBlocks(block.of);
    if (block.kind === "list") for (const item of block.items) yield* allBlocks(item);
    for (const inline of inlinesOf(block)) if (inline.kind === "note") yield* allBlocks(inline.of);
  }
}

/** Every part of the lines of one block, those within others included. */
export function inlinesOf(block: Block): Inline[] {
  switch (block.kind) {
    case "heading":
    case "paragraph":
    case "lead":
      return flatten(block.of);
    case "table":
      return [...block.header, ...block.rows.flat()].flatMap(flatten);
    default:
      return [];
  }
}

function flatten(inlines: readonly Inline[]): Inline[] {
  return inlines.flatMap((one) => ("of" in one && one.kind !== "note" ? [one, ...flatten(one.of)] : [one]));
}
