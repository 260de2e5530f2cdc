/** Splits a note into front matter, seven sections, their prose and the YAML block at the head of each. */

import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";
import type { Span } from "../core/span.ts";

/** A stretch of YAML inside the note; `offset` is where its first character stands in the file. */
export interface YamlBlock {
  readonly source: string;
  readonly offset: number;
  readonly span: Span;
}

export interface NoteSection {
  /** 1 to 7, from the number that opens the heading. */
  readonly step: number;
  readonly title: string;
  readonly heading: Span;
  /** The first fenced `yaml` block under the heading, before the next section. */
  readonly facts: YamlBlock | undefined;
  /** Further YAML blocks: facts stand in one place, so these are errors. */
  readonly furtherFacts: readonly YamlBlock[];
  /** The text of the section without its facts, as written. */
  readonly prose: string;
}

export interface NoteStructure {
  readonly front: YamlBlock | undefined;
  readonly sections: readonly NoteSection[];
  /** Turns an offset of the file into a place. */
  readonly spanAt: (start: number, end: number) => Span;
}

/** Reads the structure of a note. `text` must be free of a byte-order mark; line endings may be mixed. */
export function readStructure(text: string, file: string): NoteStructure {
  const spanAt = createLocator(text, file);
  const tree = unified().use(remarkParse).use(remarkFrontmatter, ["yaml"]).parse(text);
  const sections: NoteSection[] = [];
  let front: YamlBlock | undefined;
  let open: { heading: Span; step: number; title: string; from: number; blocks: YamlBlock[] } | undefined;
  const close = (end: number): void => {
    if (open === undefined) return;
    const { heading, step, title, blocks, from } = open;
    sections.push({
      heading,
      step,
      title,
      facts: blocks[0],
      furtherFacts: blocks.slice(1),
      prose: withoutBlocks(text, from, end, blocks),
    });
    open = undefined;
  };
  for (const node of tree.children) {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? start;
    if (node.type === "yaml") {
      const offset = start + lineLength(text, start);
      front = { source: text.slice(offset, offset + node.value.length), offset, span: spanAt(start, end) };
    } else if (node.type === "heading") {
      const written = text.slice(start, end);
      const match = /^\s{0,3}#{1,6}\s+(?:step\s+)?(?<step>[1-7])\s*[.):·–-]?\s+(?<title>.+?)\s*#*\s*$/iu.exec(written);
      if (match?.groups !== undefined && node.depth >= 2) {
        close(start);
        open = {
          heading: spanAt(start, end),
          step: Number(match.groups.step),
          title: match.groups.title,
          from: end,
          blocks: [],
        };
      }
    } else if (node.type === "code" && open !== undefined && /^ya?ml$/iu.test(node.lang ?? "")) {
      const offset = start + lineLength(text, start);
      const body = text.slice(offset, end);
      const closing = /(?:^|\n)[ \t]*(?:`{3,}|~{3,})[ \t]*$/u.exec(body);
      open.blocks.push({ source: body.slice(0, closing?.index ?? body.length), offset, span: spanAt(start, end) });
    }
  }
  close(text.length);
  return { front, sections, spanAt };
}

/** Length of the line at `start`, its ending included. */
function lineLength(text: string, start: number): number {
  const end = /\r\n|\n|\r/gu;
  end.lastIndex = start;
  const match = end.exec(text);
  return match === null ? text.length - start : match.index + match[0].length - start;
}

function withoutBlocks(text: string, from: number, end: number, blocks: readonly YamlBlock[]): string {
  let prose = "";
  let at = from;
  for (const { span } of blocks) {
    prose += text.slice(at, span.start.offset);
    at = span.end.offset;
  }
  return (prose + text.slice(at, end)).trim();
}

/** Offsets to lines and columns by binary search over line starts. */
export function createLocator(text: string, file: string): (start: number, end: number) => Span {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/gu)) starts.push(match.index + match[0].length);
  const position = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low] + 1, offset };
  };
  return (start, end) => ({ file, start: position(start), end: position(Math.max(start, end)) });
}
