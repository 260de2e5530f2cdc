/** Reads Markdown into blocks of a book: tables, footnotes, mathematics, pictures; raw HTML gives its words and nothing else. */

import type { Code, Nodes, PhrasingContent, Root, RootContent, Table } from "mdast";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { readOutline } from "../design/markdown.ts";
import type { Block, Cell, Inline } from "./document.ts";
import { dollarRule } from "./dollar-rule.ts";
import { drawingLanguage } from "./drawing-language.ts";
import { isPlaceholder } from "./html-elements.ts";
import { mathProblem } from "./mathematics.ts";
import { nextPair } from "./paired-tags.ts";
import { isEmbed, readWikiMarks, wikiTarget, withoutWikiComments, writtenAddress } from "./wiki-marks.ts";

export interface Problem {
  /** `file:line:column`. */
  readonly where: string;
  readonly message: string;
  readonly fix: string;
}

export interface MarkdownPlace {
  readonly file: string;
  /** The line of the file on which the text begins, from 1. */
  readonly line: number;
  /** Headings of the text begin at this depth. */
  readonly depth: number;
  /** The text that this one is cut from: its footnotes and its definitions of links count here too. */
  readonly whole?: Root;
  /** The id of the heading on a line of the file, where it has one. */
  idAt?(line: number): string | undefined;
  /** Where a link of the text leads, in the book; undefined leaves it as it is. */
  link?(address: string): string | undefined;
  /** The path of a picture that is there, or what is wrong with it. */
  picture?(address: string): { readonly path: string } | { readonly wrong: string };
  /** Whether what shows the book draws this language, by its name as people write it, from its source. */
  draws?(language: string): boolean;
}

export interface MarkdownRead {
  readonly blocks: readonly Block[];
  readonly problems: readonly Problem[];
}

const PROCESSOR = unified().use(remarkParse).use(remarkGfm).use(remarkMath).use(dollarRule);

export function parseMarkdown(source: string): Root {
  const shown = source.includes("%%") ? withoutWikiComments(source, readOutline(source).comments) : source;
  const root = PROCESSOR.parse(shown);
  readWikiMarks(root, shown);
  return root;
}

/** Never throws. What cannot be printed is said with its place, and its words are kept. */
export function readMarkdown(source: string, place: MarkdownPlace): MarkdownRead {
  const tree = parseMarkdown(source);
  const reader = new Reader(place);
  const { whole = tree } = place;
  reader.define(whole.children);
  reader.cite(whole);
  return { blocks: reader.blocks(tree.children, 0), problems: reader.problems };
}

/** Deeper nesting than anyone reads is flattened: it protects the stack of every writer. */
const MAXIMUM_DEPTH = 12;

class Reader {
  readonly problems: Problem[] = [];
  private readonly place: MarkdownPlace;
  private readonly addresses = new Map<string, string>();
  private readonly notes = new Map<string, readonly RootContent[]>();
  private readonly open = new Set<string>();
  private readonly cited = new Set<string>();

  constructor(place: MarkdownPlace) {
    this.place = place;
  }

  define(nodes: readonly RootContent[]): void {
    for (const node of nodes) {
      if (node.type === "definition") this.addresses.set(node.identifier, node.url);
      else if (node.type === "footnoteDefinition") this.notes.set(node.identifier, node.children);
      else if (node.type === "blockquote" || node.type === "list" || node.type === "listItem")
        this.define(node.children);
    }
  }

  /** Which footnotes the text comes to, from its words or from a footnote that it comes to. */
  cite(tree: Nodes): void {
    const nodes = [tree];
    for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
      if (node.type === "footnoteReference" && !this.cited.has(node.identifier)) {
        this.cited.add(node.identifier);
        nodes.push(...(this.notes.get(node.identifier) ?? []));
      } else if (node.type !== "footnoteDefinition" && "children" in node) nodes.push(...node.children);
    }
  }

  blocks(nodes: readonly RootContent[], depth: number): Block[] {
    return nodes.flatMap((node) => this.block(node, depth));
  }

  private block(node: RootContent, depth: number): Block[] {
    if (depth > MAXIMUM_DEPTH) {
      this.report(node, "this is nested too deeply to be printed", "use fewer levels");
      return [];
    }
    switch (node.type) {
      case "heading": {
        const level = Math.min(4, this.place.depth + node.depth - 1);
        const id = this.place.idAt?.(this.lineOf(node));
        return [
          {
            kind: "heading",
            depth: level === 1 ? 1 : level === 2 ? 2 : level === 3 ? 3 : 4,
            of: this.line(node.children),
            ...(id === undefined ? {} : { id }),
          },
        ];
      }
      case "paragraph":
        return this.paragraph(node.children);
      case "blockquote":
        return [{ kind: "quote", of: this.blocks(node.children, depth + 1) }];
      case "list": {
        const items = node.children.map((item) => {
          const inside = this.blocks(item.children, depth + 1);
          return item.checked === null || item.checked === undefined
            ? inside
            : marked(item.checked ? "[done] " : "[open] ", inside);
        });
        return [{ kind: "list", start: node.ordered === true ? (node.start ?? 1) : null, items }];
      }
      case "code":
        return this.code(node);
      case "math":
        return [
          this.math(node.value, node)
            ? { kind: "formula", lines: [node.value] }
            : { kind: "code", language: "tex", text: node.value },
        ];
      case "table":
        return [this.table(node)];
      case "thematicBreak":
        return [{ kind: "rule" }];
      case "html":
        return this.html(node.value, node);
      case "footnoteDefinition":
        return this.cited.has(node.identifier)
          ? []
          : marked(`[${node.label ?? node.identifier}] `, this.blocks(node.children, depth + 1));
      default:
        return [];
    }
  }

  /** A drawing that is written as text stays text where nothing draws it, and says so. */
  private code(node: Code): Block[] {
    const block: Block = { kind: "code", language: node.lang ?? "", text: node.value };
    const drawn = drawingLanguage(block.language);
    if (drawn === undefined || this.place.draws?.(drawn) === true) return [block];
    this.report(
      node,
      `the drawing in ${drawn} is printed as its source: nothing here draws it`,
      "save the drawing as an SVG or PNG beside the note, and show that picture",
    );
    const says: Inline = { kind: "text", text: `A drawing in ${drawn}, printed as its source:` };
    return [{ kind: "paragraph", of: [{ kind: "small", of: [says] }] }, block];
  }

  /** A picture alone in its paragraph is a block of its own; among words it stands behind them. */
  private paragraph(children: readonly PhrasingContent[]): Block[] {
    const [only] = children;
    if (children.length === 1 && only.type === "inlineMath" && mathProblem(only.value) === undefined)
      return [{ kind: "formula", lines: [only.value] }];
    const pictures = children.flatMap((child) => {
      const found =
        child.type === "image"
          ? child
          : child.type === "link"
            ? child.children.find((one) => one.type === "image")
            : undefined;
      return found === undefined ? [] : [found];
    });
    const rest = this.line(children.filter((child) => child.type !== "image"));
    const isEmpty = rest.every((one) => one.kind === "break" || (one.kind === "text" && one.text.trim() === ""));
    return [
      ...(isEmpty ? [] : [{ kind: "paragraph", of: rest } as const]),
      ...pictures.flatMap((one) => this.picture(one.url, one.alt ?? "", one)),
    ];
  }

  private picture(address: string, says: string, node: Nodes): Block[] {
    const found = this.place.picture?.(address) ?? { wrong: "pictures are not read here" };
    if ("path" in found) return [{ kind: "picture", path: found.path, says }];
    this.report(
      node,
      `the picture \`${writtenAddress(address).slice(0, 120)}\` is not printed: ${found.wrong}`,
      "mend the path, or put the file there",
    );
    return [
      {
        kind: "paragraph",
        of: [
          {
            kind: "emphasis",
            of: [{ kind: "text", text: `Picture left out: ${says === "" ? writtenAddress(address) : says}` }],
          },
        ],
      },
    ];
  }

  private table(node: Table): Block {
    const [head, ...rows] = node.children.map((row) => row.children.map((cell): Cell => this.line(cell.children)));
    const right = (node.align ?? []).map((one) => one === "right");
    const width = Math.max(...[head ?? [], ...rows].map((row) => row.length));
    return {
      kind: "table",
      header: head ?? [],
      rows,
      right: Array.from({ length: width }, (_, i) => right[i] ?? false),
      isNamed: false,
    };
  }

  private html(value: string, node: Nodes): Block[] {
    const pictures = [...value.matchAll(/<img\b[^>]{0,2000}>/giu)].flatMap(([tag]) => {
      const source = attribute(tag, "src");
      return source === undefined ? [] : this.picture(source, attribute(tag, "alt") ?? "", node);
    });
    const words = wordsOf(value);
    return [
      ...(words === "" ? [] : [{ kind: "paragraph", of: [{ kind: "text", text: words }] } as const]),
      ...pictures,
    ];
  }

  private line(children: readonly PhrasingContent[], depth = 0): Inline[] {
    if (depth > MAXIMUM_DEPTH) return [];
    const line: Inline[] = [];
    let start = 0;
    for (let pair = nextPair(children, 0); pair !== undefined; pair = nextPair(children, start)) {
      const { from, to, kind } = pair;
      line.push(...this.parts(children.slice(start, from), depth));
      line.push({ kind, of: this.line(children.slice(from + 1, to), depth + 1) });
      start = to + 1;
    }
    return [...line, ...this.parts(start === 0 ? children : children.slice(start), depth)];
  }

  private parts(children: readonly PhrasingContent[], depth: number): Inline[] {
    return children.flatMap((child): Inline[] => {
      switch (child.type) {
        case "text":
          for (const [, name] of child.value.matchAll(/\[\^([^\]\s]{1,100})\]/gu))
            this.report(
              child,
              `the footnote \`${name}\` is cited, but written nowhere`,
              `write \`[^${name}]: …\` below`,
            );
          return [{ kind: "text", text: child.value.replaceAll(/\s*\n\s*/gu, " ") }];
        case "inlineCode":
          return [{ kind: "code", text: child.value }];
        case "inlineMath":
          return [
            this.math(child.value, child) ? { kind: "math", tex: child.value } : { kind: "code", text: child.value },
          ];
        case "emphasis":
          return [{ kind: "emphasis", of: this.line(child.children, depth + 1) }];
        case "strong":
          return [{ kind: "strong", of: this.line(child.children, depth + 1) }];
        case "delete":
          return [{ kind: "struck", of: this.line(child.children, depth + 1) }];
        case "break":
          return [{ kind: "break" }];
        case "link":
          return [this.link(child.url, this.line(child.children, depth + 1), isEmbed(child) ? child : undefined)];
        case "linkReference": {
          const address = this.addresses.get(child.identifier);
          const of = this.line(child.children, depth + 1);
          return address === undefined ? of : [this.link(address, of)];
        }
        case "image":
        case "imageReference":
          return child.alt === null || child.alt === undefined || child.alt === ""
            ? []
            : [{ kind: "emphasis", of: [{ kind: "text", text: child.alt }] }];
        case "footnoteReference":
          return this.footnote(child.identifier, depth);
        case "html":
          if (isPlaceholder(child.value)) return [{ kind: "text", text: child.value }];
          return /^<br\b/iu.test(child.value) ? [{ kind: "break" }] : [];
        default:
          return [];
      }
    });
  }

  private link(address: string, of: readonly Inline[], embed?: Nodes): Inline {
    const to = this.place.link?.(address);
    if (embed !== undefined && to?.startsWith("#") !== true)
      this.report(
        embed,
        `\`!${writtenAddress(address).slice(0, 120)}\` is not printed: a book shows pictures, and of a note that is in the book its place`,
        "give the note to the book as well, or write what it says here",
      );
    // A wikilink whose note is nowhere is words and no address.
    if (to === undefined && wikiTarget(address) !== undefined) return { kind: "emphasis", of };
    return { kind: "link", to: to ?? address, of: of.length === 0 ? [{ kind: "text", text: address }] : of };
  }

  /** A note that cites itself is cut where it comes round again. */
  private footnote(identifier: string, depth: number): Inline[] {
    const note = this.notes.get(identifier);
    if (note === undefined || this.open.has(identifier)) return [];
    this.open.add(identifier);
    const of = this.blocks(note, depth + 1);
    this.open.delete(identifier);
    return [{ kind: "note", name: `${this.place.file} ${identifier}`, of }];
  }

  private math(tex: string, node: Nodes): boolean {
    const problem = mathProblem(tex);
    if (problem === undefined) return true;
    this.report(node, `the formula cannot be set: ${problem}`, "write it in LaTeX; it is printed as it stands");
    return false;
  }

  private report(node: Nodes, message: string, fix: string): void {
    const column = node.position?.start.column ?? 1;
    this.problems.push({ where: `${this.place.file}:${this.lineOf(node)}:${column}`, message, fix });
  }

  private lineOf(node: Nodes): number {
    return this.place.line + (node.position?.start.line ?? 1) - 1;
  }
}

function marked(words: string, blocks: readonly Block[]): Block[] {
  const mark: Inline = { kind: "text", text: words };
  const [first, ...rest] = blocks;
  if (first?.kind === "paragraph") return [{ kind: "paragraph", of: [mark, ...first.of] }, ...rest];
  return [{ kind: "paragraph", of: [mark] }, ...blocks];
}

/** What a browser would show of HTML, without what it would run. Raised and lowered signs keep a mark: `10^9`, `x_1`. */
function wordsOf(html: string): string {
  return html
    .replaceAll(
      /<(sup|sub)\b[^<>]*>([^<>]{0,200})<\/\1\s*>/giu,
      (_, tag: string, inside: string) => `${tag.toLowerCase() === "sup" ? "^" : "_"}${inside.trim()}`,
    )
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/gu, "")
    .replaceAll(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/giu, "")
    .replaceAll(/<[^<>]{0,4000}>/gu, (tag) => (isPlaceholder(tag) ? tag : " "))
    .replaceAll(/\s+/gu, " ")
    .trim();
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "iu").exec(tag);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
