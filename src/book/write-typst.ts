/** Writes a book as Typst: title page, contents, chapters, sheets, index. Text goes in as strings only. */

import { type Block, type Book, type BookTable, type Chapter, type Inline, plainText, text } from "./document.ts";
import { type FormulaPiece, formulaPieces } from "./formula-pieces.ts";
import { toMathMl, toTypstMath } from "./mathematics.ts";
import { PLACE_SCHEME } from "./pdf/join-pdf.ts";
import { A4, type PageFormat, typstStyle } from "./typst-style.ts";
import { layoutTable } from "./typst-table.ts";
import { breakable, rightToLeft, typstString, typstText } from "./typst-text.ts";

export interface TypstOptions {
  readonly format: PageFormat;
  /** Terms of the index, each with the place where it is explained, if there is one. */
  readonly terms: readonly IndexTerm[];
  /** Where a picture is found by the compiler. */
  picture(path: string): string;
}

export interface IndexTerm {
  readonly id: string;
  readonly words: string;
  readonly group: string;
}

/** A part of a book that is set alone and begins on a page of its own. */
export interface TypstPiece {
  /** How deep its first heading stands in the outline. */
  readonly depth: number;
  source(before: number): string;
}

/** A book is set in pieces: what setting one takes is given back before the next, so memory does not grow with the book. */
export interface TypstBook {
  /** Title and contents; as many pages whether the places are known yet or not. None where one chapter is all there is. */
  front(places: Places): string | undefined;
  readonly pieces: readonly TypstPiece[];
  /** Nothing where the book has no terms. */
  index(before: number, places: Places): string | undefined;
}

/** The pages where a name stands, each once: of `#id` where it is explained, of `id` where it is spoken of. */
export type Places = (name: string) => readonly number[];

export function writeTypst(book: Book, options: TypstOptions): TypstBook {
  const writer = new TypstWriter(book, options);
  return {
    front: (places) => writer.front(places),
    pieces: writer.pieces(),
    index: (before, places) => writer.index(before, places),
  };
}

class TypstWriter {
  private readonly source: Book;
  private readonly options: TypstOptions;
  private readonly ids: ReadonlySet<string>;
  private readonly terms: ReadonlySet<string>;

  private readonly notes = new Map<string, string>();
  private labels = 0;

  constructor(source: Book, options: TypstOptions) {
    this.source = source;
    this.options = options;
    this.ids = idsOf(source);
    this.terms = new Set(options.terms.map(({ id }) => id));
  }

  front(places: Places): string | undefined {
    if (this.isSingle()) return undefined;
    const { title, subtitle, parts } = this.source;
    const many = parts.reduce((count, part) => count + part.chapters.length, 0) > 3;
    const isPocket = this.options.format !== A4;
    return this.page(
      0,
      `#align(horizon, block(width: 100%)[#line(length: 100%, stroke: 1.5pt + ink)#v(0.6em)#par(text(font: serif, size: ${isPocket ? 2 : 3}em)[${typstText(title)}])#v(0.2em)#par(text(size: 1.2em, fill: ink2)[${typstText(subtitle)}])])`,
      `#pagebreak()\n#heading(level: 1, outlined: false)[Contents]\n${this.contents(many || isPocket ? 2 : 3, places)}`,
    );
  }

  /** Designs one by one, since each begins on a page of its own; other parts as a whole. */
  pieces(): TypstPiece[] {
    const { parts, sheets } = this.source;
    return [
      ...parts.flatMap((part): TypstPiece[] => {
        const subtitle = this.isSingle() ? `\n#par(small[${typstText(this.source.subtitle)}])` : "";
        const opening = `#heading(level: 1)[${typstText(part.title)}]<${part.id}>${subtitle}`;
        if (part.id !== "designs") {
          const chapters = part.chapters.map((chapter) => this.chapter(chapter));
          return [{ depth: 0, source: (before) => this.page(before, this.head(part, 2), opening, ...chapters) }];
        }
        return part.chapters.map((chapter, i) => ({
          depth: i === 0 ? 0 : 1,
          source: (before) =>
            this.page(before, this.head(chapter, 3), ...(i === 0 ? [opening] : []), this.chapter(chapter)),
        }));
      }),
      ...(sheets.length === 0
        ? []
        : [
            {
              depth: 0,
              // Seen in the outline only: each sheet is a whole page.
              source: (before: number) =>
                this.page(
                  before,
                  `#place(hide(heading(level: 1)[${SHEETS}]))`,
                  sheets.map((sheet) => this.sheet(sheet)).join("\n#pagebreak(weak: true)\n"),
                ),
            },
          ]),
    ];
  }

  /** A document of one chapter: a page of contents would hold one line. */
  private isSingle(): boolean {
    const { parts, sheets } = this.source;
    return (
      sheets.length === 0 && this.options.terms.length === 0 && parts.flatMap(({ chapters }) => chapters).length === 1
    );
  }

  private page(before: number, ...body: readonly string[]): string {
    const { format } = this.options;
    return `${[typstStyle(format, typstString(this.source.title), before), ...body].join("\n")}#places-here`;
  }

  private contents(depth: 2 | 3, places: Places): string {
    const { parts, sheets } = this.source;
    const row = (level: number, id: string, words: string): string =>
      `#contents-row(${level}, ${typstString(`#${id}`)}, [${places(`#${id}`).at(0) ?? ""}], [${words}])`;
    const chapters = (all: readonly Chapter[]): string[] =>
      all.flatMap(({ id, title, blocks }) => [
        row(2, id, typstText(title)),
        ...(depth === 2
          ? []
          : blocks.flatMap((block) => (isSection(block) ? [row(3, block.id, this.line(block.of))] : []))),
      ]);
    return [
      ...parts.flatMap((part) => [row(1, part.id, typstText(part.title)), ...chapters(part.chapters)]),
      ...(sheets.length === 0
        ? []
        : [row(1, sheets[0].id, SHEETS), ...sheets.map(({ id, title }) => row(2, id, typstText(title)))]),
      ...(this.options.terms.length === 0 ? [] : [row(1, INDEX, "Index")]),
    ].join("\n");
  }

  private chapter({ id, title, blocks }: Chapter): string {
    this.notes.clear();
    return `#heading(level: 2)[${typstText(title)}]<${id}>\n${this.blocks(blocks)}`;
  }

  /** The running head of a chapter or part, with its headings of one level. */
  private head({ id, title }: { readonly id: string; readonly title: string }, level: 2 | 3): string {
    return `#set page(header: running([${typstText(title)}], ${typstString(id)}, ${level}))`;
  }

  /** On paper a sheet is one page whatever it holds; a phone scrolls. */
  private sheet({ id, title, blocks }: Chapter): string {
    const body = `#heading(level: 2)[${typstText(title)}]<${id}>\n${this.blocks(blocks)}`;
    return this.options.format === A4 ? `#fit[${body}]` : body;
  }

  index(before: number, places: Places): string | undefined {
    const { terms, format } = this.options;
    if (terms.length === 0) return undefined;
    const lines = (group: string): string[] =>
      terms
        .filter((term) => term.group === group)
        .toSorted((a, b) => (a.words < b.words ? -1 : 1))
        .map(({ id, words }) => {
          const [explained] = places(`#${id}`);
          const link = (name: string, page: string): string =>
            `#link(${typstString(`${PLACE_SCHEME}${name}`)})[${page}]`;
          const pages = [
            ...(explained === undefined ? [] : [link(`#${id}`, `#strong[${explained}]`)]),
            ...places(id).flatMap((page, i) => (page === explained ? [] : [link(`${id} ${i}`, String(page))])),
          ];
          const term = this.ids.has(id) ? this.link(`#${id}`, [text(words)], false) : typstText(words);
          return `#par(hanging-indent: 1em)[${term}#h(0.6em)${pages.join(", ")}]`;
        });
    const groups = [...new Set(terms.map(({ group }) => group))].map(
      (group) => `#heading(level: 3, outlined: false)[${typstText(group)}]\n${lines(group).join("\n")}`,
    );
    return this.page(
      before,
      this.head({ id: INDEX, title: "Index" }, 3),
      `#heading(level: 1)[Index]<${INDEX}>\n#[#set text(size: 0.9em)\n#set par(spacing: 0.55em)\n#columns(${format === A4 ? 2 : 1}, gutter: 2em)[${groups.join("\n")}]]`,
    );
  }

  private blocks(blocks: readonly Block[]): string {
    return blocks
      .map((block, i) => {
        const written = this.block(block);
        // A line about a heading is not left at the foot of a page without what it speaks of.
        const isFirst = i === 0 || blocks[i - 1].kind === "heading";
        const isAbout = isFirst && i < blocks.length - 1;
        return isAbout && block.kind === "paragraph" && plainText(block.of).length < 200
          ? `#block(sticky: true)[${written}]`
          : written;
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
        return rightToLeft(block.items[0]?.[0]?.kind === "paragraph" ? plainText(block.items[0][0].of) : "", list);
      }
      case "quote":
        return `#block(inset: (left: 10pt), stroke: (left: 1.5pt + hair))[${this.blocks(block.of)}]`;
      case "code":
        return `#raw(block: true, lang: ${languageOf(block.language)}, ${typstString(softWrapped(block.text, this.options.format.letters))})`;
      case "formula":
        return `#derivation(${block.lines.map((tex) => this.formula(tex)).join(", ")})`;
      case "table":
        return this.table(block);
      case "figure":
        return `#drawing([${typstText(block.caption)}], ${typstString(block.says)}, ${typstString(block.svg)})`;
      case "picture":
        return `#block(width: 100%)[#align(center, image(${typstString(this.options.picture(block.path))}, alt: ${typstString(block.says)}, height: auto, width: 80%, fit: "contain"))#align(center, small[${typstText(block.says)}])]`;
      case "rule":
        return `#line(length: 100%, stroke: 0.5pt + hair)`;
      default:
        return block satisfies never;
    }
  }

  /** Only a formula that may be wider than the page is measured: measuring all took half of the time. */
  private formula(tex: string): string {
    const isShort = tex.replaceAll(/\\[A-Za-z]+/gu, "xx").length <= SHORT_FORMULA * this.options.format.letters;
    if (isShort) return `formula($${toTypstMath(tex)}$)`;
    return `long-formula($${toTypstMath(tex)}$, ${formulaPieces(toMathMl(tex, false)).map(pieceOf).join(", ")})`;
  }

  private table(table: BookTable): string {
    if (table.rows.length === 0) return "";
    const layout = layoutTable(table, Math.floor(this.options.format.letters * 1.05));
    if (layout.form === "records") return this.records(table);
    const width = Math.max(table.header.length, ...table.rows.map((row) => row.length));
    const align = Array.from({ length: width }, (_, i) => (table.right[i] === true ? "right" : "left"));
    const header = table.header.every((cell) => cell.length === 0)
      ? []
      : Array.from({ length: width }, (_, i) => `[${this.line(table.header[i] ?? [])}]`);
    const cells = table.rows.map((row) => {
      const written = Array.from({ length: width }, (_, i) => `[${this.line(row[i] ?? [])}]`);
      return written.join(", ");
    });
    return `#rows-table(${layout.columns}, (${align.join(", ")},), (${header.map((one) => `${one},`).join(" ")}), ${cells.join(",\n")})`;
  }

  /** A row as a small list of names and values. */
  private records({ header, rows }: BookTable): string {
    const records = rows.map((row) => {
      const named = row
        .map((cell, i) => ({ name: header[i] ?? [], cell }))
        .filter(({ cell }) => plainText(cell) !== "")
        .map(({ name, cell }, i) =>
          i === 0
            ? `#block(sticky: true, above: 0.4em, below: 0.4em)[#strong[${this.line(cell)}]]`
            : `#par(hanging-indent: 1em)[#text(fill: ink3)[${this.line(name.length === 0 ? [text("–")] : name)}:] ${this.line(cell)}]`,
        );
      return `#block(above: 0.8em, below: 0.8em, width: 100%, stroke: (top: 0.5pt + hair), inset: (top: 5pt))[#set par(spacing: 0.4em)\n${named.join("\n\n")}]`;
    });
    return `#block(stroke: (top: 1pt + ink), width: 100%)[#set text(size: 0.92em)\n${records.join("\n")}]`;
  }

  private line(inlines: readonly Inline[]): string {
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
  private link(to: string, of: readonly Inline[], isMention = true): string {
    const words = this.line(of);
    if (to.startsWith("#")) {
      const id = to.slice(1);
      const mark = isMention && this.terms.has(id) ? `#ix(${typstString(id)});` : "";
      return `${this.ids.has(id) ? `#link(${typstString(`${PLACE_SCHEME}${to}`)})[${words}];` : words}${mark}`;
    }
    return /^(?:https?:|mailto:)/iu.test(to) ? `#link(${typstString(to.slice(0, 2000))})[${words}];` : words;
  }
}

const INDEX = "the-index";
const SHEETS = "Designs on one page";
/** Of the letters of a line: signs of mathematics are wider than letters. */
const SHORT_FORMULA = 0.6;

function pieceOf({ whole, within }: FormulaPiece): string {
  return `($${whole}$, ${within.map((piece) => `${pieceOf(piece)}, `).join("")})`;
}

function isSection(block: Block): block is Extract<Block, { kind: "heading" }> & { readonly id: string } {
  return block.kind === "heading" && block.depth === 1 && block.id !== undefined;
}

/** Every place of a book that a link can lead to. */
function idsOf({ parts, sheets }: Book): ReadonlySet<string> {
  const chapters = [...parts.flatMap((part) => part.chapters), ...sheets];
  const within = chapters.flatMap(({ id, blocks }) => [
    id,
    ...blocks.flatMap((block) => (block.kind === "heading" && block.id !== undefined ? [block.id] : [])),
  ]);
  return new Set([...parts.map(({ id }) => id), ...within]);
}

function languageOf(language: string): string {
  return /^[\w+#-]{1,20}$/u.test(language) ? typstString(language) : "none";
}

/** Lines of code longer than the page get places to break; the letters stay. */
function softWrapped(code: string, letters: number): string {
  return breakable(code, Math.max(20, Math.floor(letters * 0.7)));
}
