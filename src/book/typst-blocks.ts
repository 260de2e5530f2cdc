/** What a book says, written as Typst: its blocks and the words within them. Text goes in as strings only. */

import { type Block, type BookTable, type Inline, plainText, text } from "./document.ts";
import { type FormulaPiece, formulaPieces } from "./formula-pieces.ts";
import { isAbout, isOfDerivation, noteOf } from "./kept-together.ts";
import { toMathMl, toTypstMath } from "./mathematics.ts";
import { PLACE_SCHEME } from "./pdf/join-pdf.ts";
import { A4, LAST_ROWS, type PageFormat, SHORT_TABLE } from "./typst-style.ts";
import { layoutTable } from "./typst-table.ts";
import { breakable, rightToLeft, typstString, typstText } from "./typst-text.ts";

/** What links, pictures and long lines need to know of the book around them. */
export interface TypstSurroundings {
  /** Every place that a link can lead to. */
  readonly ids: ReadonlySet<string>;
  /** Those that the index names the pages of. */
  readonly terms: ReadonlySet<string>;
  readonly format: PageFormat;
  /** Where a picture is found by the compiler. */
  picture(path: string): string;
}

export class TypstBlocks {
  private readonly around: TypstSurroundings;
  private readonly notes = new Map<string, string>();
  private labels = 0;

  constructor(around: TypstSurroundings) {
    this.around = around;
  }

  /** The blocks of a chapter, whose footnotes are its own. */
  chapter(blocks: readonly Block[]): string {
    this.notes.clear();
    return this.blocks(blocks);
  }

  blocks(blocks: readonly Block[]): string {
    return blocks
      .flatMap((block, i) => {
        const note = noteOf(blocks, i);
        if (block.kind === "figure") return [this.figure(block, note)];
        // It stands in its drawing.
        if (i > 0 && noteOf(blocks, i - 1) === block) return [];
        const written = this.block(block);
        if (isOfDerivation(blocks, i)) return [`#block(sticky: true, above: 0.5em, below: 0.5em)[${written}]`];
        return [isAbout(blocks, i) ? `#block(sticky: true)[${written}]` : written];
      })
      .join("\n\n");
  }

  private block(block: Block): string {
    switch (block.kind) {
      case "heading": {
        const label = block.id === undefined ? "" : `<${block.id}>`;
        return `#heading(level: ${Math.min(5, block.depth + 2)})[${this.line(block.of)}]${label}`;
      }
      case "paragraph":
        return rightToLeft(plainText(block.of), `#par[${this.line(block.of)}]`);
      case "lead":
        return `#lead[${this.line(block.of)}]`;
      case "list": {
        const items = block.items.map((item) => `[${this.blocks(item)}]`).join(", ");
        const list = block.start === null ? `#list(${items})` : `#enum(start: ${Math.max(0, block.start)}, ${items})`;
        const whole = this.isShortList(block.items) ? `#block(breakable: false)[${list}]` : list;
        return rightToLeft(block.items[0]?.[0]?.kind === "paragraph" ? plainText(block.items[0][0].of) : "", whole);
      }
      case "quote":
        return `#block(inset: (left: 10pt), stroke: (left: 1.5pt + hair))[${this.blocks(block.of)}]`;
      case "code":
        return this.code(block.language, block.text);
      case "formula":
        return this.derivation(block.lines);
      case "table":
        return this.table(block);
      case "figure":
        return this.figure(block, undefined);
      case "picture":
        return `#block(width: 100%)[#align(center, image(${typstString(this.around.picture(block.path))}, alt: ${typstString(block.says)}, height: auto, width: 80%, fit: "contain"))#align(center, small[${typstText(block.says)}])]`;
      case "rule":
        return `#line(length: 100%, stroke: 0.5pt + hair)`;
      default:
        return block satisfies never;
    }
  }

  /** A few lines are never parted: one of them alone on a page belongs to nothing. */
  private code(language: string, code: string): string {
    const { letters } = this.around.format;
    const lines = code
      .trimEnd()
      .split("\n")
      .map((line) => Math.max(1, Math.ceil(line.length / (letters * CODE_LETTERS))));
    const raw = `raw(block: true, lang: ${languageOf(language)}, ${typstString(softWrapped(code, letters))})`;
    return lines.reduce((sum, one) => sum + one, 0) <= SHORT_BLOCK ? `#block(breakable: false, ${raw})` : `#${raw}`;
  }

  private isShortList(items: readonly (readonly Block[])[]): boolean {
    const { letters } = this.around.format;
    const lines = items.map((of) =>
      of.length === 1 && of[0].kind === "paragraph" ? Math.ceil(plainText(of[0].of).length / letters) : SHORT_BLOCK + 1,
    );
    return lines.reduce((sum, one) => sum + one, 0) <= SHORT_BLOCK;
  }

  /** What is said behind a tall drawing goes before it, where that would begin a page and leave the one before nearly empty. */
  private figure({ caption, says, svg }: Extract<Block, { kind: "figure" }>, note: Block | undefined): string {
    const below = note === undefined ? "" : `, note: [${this.block(note)}]`;
    const drawn = `drawing([${typstText(caption)}], ${typstString(says)}, ${typstString(svg)}${below})`;
    return isTall(svg, this.around.format)
      ? `#place(auto, float: true, clearance: 1em, align(left, ${drawn}))`
      : `#${drawn}`;
  }

  /** A name, its values and its result are read together; long ones may take more than a phone's page has. */
  private derivation(lines: readonly string[]): string {
    const isWhole = this.around.format === A4 || this.linesOf(lines) <= MOST_WHOLE;
    return `#derivation(${isWhole ? "" : "parts: true, "}${lines.map((tex) => this.formula(tex)).join(", ")})`;
  }

  /** About how many lines formulas take: signs are wider than letters, and what only tells LaTeX something takes no room. */
  private linesOf(formulas: readonly string[]): number {
    const seen = formulas.map((tex) => tex.replaceAll(/\\(?:text|left|right|frac)\b|[\\{}]/gu, "").length);
    return seen.reduce((sum, one) => sum + Math.ceil(one / (SHORT_FORMULA * this.around.format.letters)), 0);
  }

  private isShortFormula(tex: string): boolean {
    return tex.replaceAll(/\\[A-Za-z]+/gu, "xx").length <= SHORT_FORMULA * this.around.format.letters;
  }

  /** Only a formula that may be wider than the page is measured: measuring all took half of the time. */
  private formula(tex: string): string {
    if (this.isShortFormula(tex)) return `formula($${toTypstMath(tex)}$)`;
    return `long-formula($${toTypstMath(tex)}$, ${formulaPieces(toMathMl(tex, false)).map(pieceOf).join(", ")})`;
  }

  private table(table: BookTable): string {
    if (table.rows.length === 0) return "";
    const layout = layoutTable(table, Math.floor(this.around.format.letters * 1.05));
    return layout.form === "records" ? this.records(table) : this.rows(layout.table, layout.columns);
  }

  private rows(table: BookTable, columns: string): string {
    const width = Math.max(table.header.length, ...table.rows.map((row) => row.length));
    const align = Array.from({ length: width }, (_, i) => (table.right[i] === true ? "right" : "left"));
    const header = table.header.every((cell) => cell.length === 0)
      ? []
      : Array.from({ length: width }, (_, i) => `[${this.line(table.header[i] ?? [])}]`);
    const cells = table.rows.map((row) => {
      const written = Array.from({ length: width }, (_, i) => `[${this.line(row[i] ?? [])}]`);
      return written.join(", ");
    });
    const areWhole = table.rows.every((row) => this.isShort({ header: [], rows: [row] }));
    const form = this.isShort(table) ? "short-table(" : `rows-table(${areWhole ? "" : "parted: true, "}`;
    return `#${form}${columns}, (${align.join(", ")},), (${header.map((one) => `${one},`).join(" ")}), ${cells.join(",\n")})`;
  }

  /** So few words that they fit on a page however narrow their columns are: to measure such a table takes longer than to set it. */
  private isShort({ header, rows }: Pick<BookTable, "header" | "rows">): boolean {
    const letters = [header, ...rows].flat().reduce((sum, cell) => sum + plainText(cell).length, 0);
    return rows.length <= SHORT_TABLE && letters <= SHORT_LINES * this.around.format.letters;
  }

  /** A row as its name and a small list of names and values: short ones run on in a line. */
  private records({ header, rows }: BookTable): string {
    const areShort = rows.map((row) => this.isShort({ header, rows: [row] }));
    const records = rows.map((row, at) => {
      const cells = row
        .map((cell, i) => ({ name: header[i] ?? [], cell }))
        .filter(({ cell }) => plainText(cell) !== "");
      const lines: { words: string; isShort: boolean }[] = [];
      for (const [i, { name, cell }] of cells.entries()) {
        if (i === 0) {
          const before = plainText(name) === "" ? "" : `#text(fill: ink3)[${this.line(name)}:] `;
          lines.push({
            words: `#block(sticky: true, above: 0.4em, below: 0.4em)[${before}#strong[${this.line(cell)}]]`,
            isShort: false,
          });
          continue;
        }
        const words = `#text(fill: ink3)[${this.line(name.length === 0 ? [text("–")] : name)}:] ${this.line(cell)}`;
        const isShort = plainText(name).length + plainText(cell).length < RUN_ON * this.around.format.letters;
        const last = lines.at(-1);
        if (isShort && last?.isShort === true) last.words += ` #text(fill: ink3)[·] ${words}`;
        else lines.push({ words, isShort });
      }
      const named = lines.map(({ words }, i) => (i === 0 ? words : `#par(hanging-indent: 1em)[${words}]`));
      // The last one is not alone on a page, and none that fits is parted.
      const isHeld = at > 0 && at === rows.length - LAST_ROWS && areShort[at] && areShort[at + 1];
      const held = [...(areShort[at] ? ["breakable: false"] : []), ...(isHeld ? ["sticky: true"] : [])];
      return `[#block(${held.map((one) => `${one}, `).join("")}above: 0.8em, below: 0.8em, width: 100%, stroke: (top: 0.5pt + hair), inset: (top: 5pt))[#set par(spacing: 0.4em)\n${named.join("\n\n")}]]`;
    });
    const areWhole = areShort.slice(0, rows.length === LAST_ROWS ? LAST_ROWS : 1).every(Boolean);
    return `#records(${areWhole ? "whole: true, " : ""}${records.join(",\n")})`;
  }

  line(inlines: readonly Inline[]): string {
    return inlines.map((one) => this.inline(one)).join("");
  }

  private inline(one: Inline): string {
    switch (one.kind) {
      case "text":
        return typstText(one.text);
      case "code":
        return `#raw(${typstString(breakable(one.text))});`;
      case "math":
        return `$${toTypstMath(one.tex)}$`;
      case "strong":
        return `#strong[${this.line(one.of)}];`;
      case "emphasis":
        return `#emph[${this.line(one.of)}];`;
      case "struck":
        return `#strike[${this.line(one.of)}];`;
      case "raised":
        return `#super[${this.line(one.of)}];`;
      case "lowered":
        return `#sub[${this.line(one.of)}];`;
      case "small":
        return `#small[${this.line(one.of)}];`;
      case "state":
        return `#state(${typstString(one.state)}, ${typstString(one.word)});`;
      case "break":
        return "#linebreak();";
      case "note":
        return this.footnote(one.name, one.of);
      case "link":
        return this.link(one.to, one.of);
      default:
        return one satisfies never;
    }
  }

  /** Cited again it is the same note; each chapter has its own. */
  private footnote(name: string, of: readonly Block[]): string {
    const before = this.notes.get(name);
    if (before !== undefined) return `#footnote(<${before}>);`;
    const label = `footnote-${this.labels++}`;
    // A paragraph of its own would stand below the number.
    const [first] = of;
    const words = of.length === 1 && first.kind === "paragraph" ? this.line(first.of) : this.blocks(of);
    this.notes.set(name, label);
    return `#footnote[${words}];<${label}>`;
  }

  /** `isMention` has the index name the page. */
  link(to: string, of: readonly Inline[], isMention = true): string {
    const words = this.line(of);
    if (to.startsWith("#")) {
      const id = to.slice(1);
      const mark = isMention && this.around.terms.has(id) ? `#ix(${typstString(id)});` : "";
      return `${this.around.ids.has(id) ? `#link(${typstString(`${PLACE_SCHEME}${to}`)})[${words}];` : words}${mark}`;
    }
    return /^(?:https?:|mailto:)/iu.test(to) ? `#link(${typstString(to.slice(0, 2000))})[${words}];` : words;
  }
}

/** In lines: a list or a text of code that takes no more stands whole on a page. */
const SHORT_BLOCK = 8;

/** Letters of code on a line, of those of the body. */
const CODE_LETTERS = 0.85;

/** In lines of the body. */
const SHORT_LINES = 6;

/** Of the letters of a line: a name and a value that are longer begin a line of their own. */
const RUN_ON = 0.6;

/** In lines of mathematics: a phone's page holds them all, be each a fraction. */
const MOST_WHOLE = 9;

/** Of the letters of a line: signs of mathematics are wider than letters. */
const SHORT_FORMULA = 0.6;

function pieceOf({ whole, within }: FormulaPiece): string {
  return `($${whole}$, ${within.map((piece) => `${pieceOf(piece)}, `).join("")})`;
}

function languageOf(language: string): string {
  return /^[\w+#-]{1,20}$/u.test(language) ? typstString(language) : "none";
}

/** Lines of code longer than the page get places to break; the letters stay. */
function softWrapped(code: string, letters: number): string {
  return breakable(code, Math.max(20, Math.floor(letters * 0.7)));
}

/** More than this of a page left empty is seen. */
const TALL = 0.3;

function isTall(svg: string, { room }: PageFormat): boolean {
  const [, width, height] = /<svg[^>]*\sviewBox="[^"]*?\s([\d.]+)\s([\d.]+)"/u.exec(svg) ?? [];
  return (Number(height) / Number(width)) * room.width > TALL * room.height;
}
