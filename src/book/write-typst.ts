/** Writes a book as Typst in pieces: title page, contents, parts, sheets, index. Text goes in as strings only. */

import { type Block, type Book, type Chapter, text } from "./document.ts";
import { PLACE_SCHEME } from "./pdf/join-pdf.ts";
import { TypstBlocks } from "./typst-blocks.ts";
import { A4, type Density, type PageFormat, typstStyle } from "./typst-style.ts";
import { typstString, typstText } from "./typst-text.ts";

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
  source(before: number, density?: Density): string;
  /** Each of its pages is laid for itself, so that none can take up what the last one holds. */
  readonly isLaidByPage: boolean;
}

/** A book is set in pieces: what setting one takes is given back before the next, so memory does not grow with the book. */
export interface TypstBook {
  /** Title and contents; as many pages whether the places are known yet or not. None where one chapter is all there is. */
  readonly front: ((places: Places, density?: Density) => string) | undefined;
  readonly pieces: readonly TypstPiece[];
  /** Nothing where the book has no terms. */
  readonly index: ((before: number, places: Places, density?: Density) => string) | undefined;
  /** A last page that ends above this, in points from its upper edge, is nearly empty. */
  readonly leastEnd: number;
}

/** The pages where a name stands, each once: of `#id` where it is explained, of `id` where it is spoken of. */
export type Places = (name: string) => readonly number[];

export function writeTypst(book: Book, options: TypstOptions): TypstBook {
  const writer = new TypstWriter(book, options);
  return {
    front: writer.isSingle() ? undefined : (places, density) => writer.front(places, density),
    pieces: writer.pieces(),
    index: options.terms.length === 0 ? undefined : (before, places, density) => writer.index(before, places, density),
    leastEnd: (options.format.top + LEAST_FILLED * options.format.room.height) * POINTS_A_MILLIMETRE,
  };
}

/** Of a page. */
const LEAST_FILLED = 1 / 3;
const POINTS_A_MILLIMETRE = 72 / 25.4;

class TypstWriter {
  private readonly source: Book;
  private readonly options: TypstOptions;
  private readonly ids: ReadonlySet<string>;
  private readonly written: TypstBlocks;

  constructor(source: Book, options: TypstOptions) {
    this.source = source;
    this.options = options;
    this.ids = idsOf(source);
    const { format } = options;
    const terms = new Set(options.terms.map(({ id }) => id));
    this.written = new TypstBlocks({ ids: this.ids, terms, format, picture: (path) => options.picture(path) });
  }

  front(places: Places, density?: Density): string {
    const { title, subtitle, parts } = this.source;
    const many = parts.reduce((count, part) => count + part.chapters.length, 0) > 3;
    const isPocket = this.options.format !== A4;
    const body = [
      `#align(horizon, block(width: 100%)[#line(length: 100%, stroke: 1.5pt + ink)#v(0.6em)#par(text(font: serif, size: ${isPocket ? 2 : 3}em)[${typstText(title)}])#v(0.2em)#par(text(size: 1.2em, fill: ink2)[${typstText(subtitle)}])])`,
      `#pagebreak()\n#heading(level: 1, outlined: false)[Contents]\n${this.contents(many || isPocket ? 2 : 3, places)}`,
    ];
    return this.page(0, body, density);
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
          const body = [this.head(part, 2), opening, ...chapters];
          return [{ depth: 0, isLaidByPage: false, source: (before, density) => this.page(before, body, density) }];
        }
        return part.chapters.map((chapter, i) => ({
          depth: i === 0 ? 0 : 1,
          isLaidByPage: false,
          source: (before, density) =>
            this.page(before, [this.head(chapter, 3), ...(i === 0 ? [opening] : []), this.chapter(chapter)], density),
        }));
      }),
      ...(sheets.length === 0
        ? []
        : [
            {
              depth: 0,
              isLaidByPage: this.options.format === A4,
              // Seen in the outline only: on paper each sheet is a whole page.
              source: (before: number, density?: Density) =>
                this.page(
                  before,
                  [
                    `#place(hide(heading(level: 1)[${this.sheetsTitle()}]))`,
                    sheets
                      .map((sheet) => this.sheet(sheet))
                      .join(this.options.format === A4 ? "\n#pagebreak(weak: true)\n" : "\n#v(3em, weak: true)\n"),
                  ],
                  density,
                ),
            },
          ]),
    ];
  }

  /** A document of one chapter: a page of contents would hold one line. */
  isSingle(): boolean {
    const { parts, sheets } = this.source;
    return (
      sheets.length === 0 && this.options.terms.length === 0 && parts.flatMap(({ chapters }) => chapters).length === 1
    );
  }

  private page(before: number, body: readonly string[], density?: Density): string {
    const { format } = this.options;
    return `${[typstStyle(format, typstString(this.source.title), before, density), ...body].join("\n")}#places-here`;
  }

  private contents(depth: 2 | 3, places: Places): string {
    const { parts, sheets } = this.source;
    const row = (level: number, id: string, words: string): ContentsRow => ({ level, id, words });
    const chapters = (all: readonly Chapter[]): ContentsRow[] =>
      all.flatMap(({ id, title, blocks }) => [
        row(2, id, typstText(title)),
        ...(depth === 2
          ? []
          : blocks.flatMap((block) => (isSection(block) ? [row(3, block.id, this.written.line(block.of))] : []))),
      ]);
    const rows = [
      ...parts.flatMap((part) => [row(1, part.id, typstText(part.title)), ...chapters(part.chapters)]),
      ...(sheets.length === 0
        ? []
        : [row(1, sheets[0].id, this.sheetsTitle()), ...sheets.map(({ id, title }) => row(2, id, typstText(title)))]),
      ...(this.options.terms.length === 0 ? [] : [row(1, INDEX, "Index")]),
    ];
    return rows
      .map(({ level, id, words }, i) => {
        const stays = level === 1 || rows.length - i <= LAST_ROWS;
        return `#contents-row(${level}, ${typstString(`#${id}`)}, [${places(`#${id}`).at(0) ?? ""}], [${words}], ${stays})`;
      })
      .join("\n");
  }

  private sheetsTitle(): string {
    return this.options.format === A4 ? "Designs on one page" : "Designs at a glance";
  }

  private chapter({ id, title, blocks }: Chapter): string {
    return `#heading(level: 2)[${typstText(title)}]<${id}>\n${this.written.chapter(blocks)}`;
  }

  /** The running head of a chapter or part, with its headings of one level. */
  private head({ id, title }: { readonly id: string; readonly title: string }, level: 2 | 3): string {
    return `#set page(header: running([${typstText(title)}], ${typstString(id)}, ${level}))`;
  }

  /** On paper a sheet is one page whatever it holds; a phone scrolls. */
  private sheet({ id, title, blocks }: Chapter): string {
    const body = `#heading(level: 2)[${typstText(title)}]<${id}>\n${this.written.blocks(blocks)}`;
    return this.options.format === A4 ? `#fit[${body}]` : body;
  }

  index(before: number, places: Places, density?: Density): string {
    const { terms, format } = this.options;
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
          const term = this.ids.has(id) ? this.written.link(`#${id}`, [text(words)], false) : typstText(words);
          return `#par(hanging-indent: 1em)[${term}#h(0.6em)${pages.join(", ")}]`;
        });
    const groups = [...new Set(terms.map(({ group }) => group))].map(
      (group) => `#heading(level: 3, outlined: false)[${typstText(group)}]\n${lines(group).join("\n")}`,
    );
    const body = [
      this.head({ id: INDEX, title: "Index" }, 3),
      `#heading(level: 1)[Index]<${INDEX}>\n#[#set text(size: 0.9em)\n#set par(spacing: 0.55em)\n#columns(${format === A4 ? 2 : 1}, gutter: 2em)[${groups.join("\n")}]]`,
    ];
    return this.page(before, body, density);
  }
}

const INDEX = "the-index";
/** So many rows at least, a quarter of a page, stand on the last page of the contents. */
const LAST_ROWS = 12;

interface ContentsRow {
  readonly level: number;
  readonly id: string;
  /** As Typst. */
  readonly words: string;
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
