/** Writes a book as one Markdown file, for a wiki or a pull request: tables stay tables, drawings become their numbers. */

import { type Block, type Book, type BookTable, type Chapter, type Inline, plainText } from "./document.ts";

export interface MarkdownOptions {
  picture(path: string): string;
}

export function writeMarkdown({ title, subtitle, parts, sheets }: Book, options: MarkdownOptions): string {
  const writer = new MarkdownWriter(options);
  const contents = parts.flatMap((part) => [
    `- [${escaped(part.title)}](#${part.id})`,
    ...part.chapters.map((one) => `  - [${escaped(one.title)}](#${one.id})`),
  ]);
  const isOne = parts.length === 1 && parts[0].chapters.length === 1;
  const whole = [
    `# ${escaped(title)}`,
    escaped(subtitle),
    ...(isOne ? [] : [contents.join("\n")]),
    ...parts.flatMap((part) => [
      ...(isOne ? [] : [`<a id="${part.id}"></a>\n\n# ${escaped(part.title)}`]),
      ...part.chapters.map((one) => writer.chapter(one)),
    ]),
    ...sheets.map((sheet) => writer.chapter(sheet)),
  ];
  return `${[...whole, ...writer.notes].filter((one) => one !== "").join("\n\n")}\n`;
}

class MarkdownWriter {
  readonly notes: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly options: MarkdownOptions;

  constructor(options: MarkdownOptions) {
    this.options = options;
  }

  chapter({ id, title, blocks }: Chapter): string {
    return `<a id="${id}"></a>\n\n## ${escaped(title)}\n\n${this.blocks(blocks)}`;
  }

  private blocks(blocks: readonly Block[]): string {
    return blocks
      .map((block) => this.block(block))
      .filter((one) => one !== "")
      .join("\n\n");
  }

  private block(block: Block): string {
    switch (block.kind) {
      case "heading":
        return `${block.id === undefined ? "" : `<a id="${block.id}"></a>\n\n`}${"#".repeat(block.depth + 2)} ${this.line(block.of)}`;
      case "paragraph":
        return this.line(block.of);
      case "lead":
        return `**${this.line(block.of)}**`;
      case "list":
        return block.items
          .map((item, i) => {
            const mark = block.start === null ? "- " : `${block.start + i}. `;
            return mark + this.blocks(item).replaceAll(/\n(?=.)/gu, `\n${" ".repeat(mark.length)}`);
          })
          .join("\n");
      case "quote":
        return this.blocks(block.of)
          .replaceAll(/^/gmu, "> ")
          .replaceAll(/[ \t]+$/gmu, "");
      case "code": {
        const fence = "`".repeat(Math.max(3, ...[...block.text.matchAll(/`+/gu)].map(([run]) => run.length + 1)));
        return `${fence}${block.language}\n${block.text}\n${fence}`;
      }
      case "formula":
        return `$$\n${block.lines.length === 1 ? block.lines[0] : `\\begin{aligned}\n${block.lines.map((line, i) => (i === 0 ? line.replace(" = ", " &= ") : line.replace(/^= /u, "&= "))).join(" \\\\\n")}\n\\end{aligned}`}\n$$`;
      case "table":
        return this.table(block);
      case "figure":
        return `*${escaped(block.says)}*`;
      case "picture":
        return `![${escaped(block.says)}](<${this.options.picture(block.path)}>)`;
      case "rule":
        return "---";
      default:
        return block satisfies never;
    }
  }

  private table({ header, rows, right }: BookTable): string {
    const width = Math.max(header.length, ...rows.map((row) => row.length));
    const row = (cells: readonly (readonly Inline[])[]): string =>
      `| ${Array.from({ length: width }, (_, i) =>
        this.line(cells[i] ?? [])
          .replaceAll("|", "\\|")
          .replaceAll("\n", " "),
      ).join(" | ")} |`;
    const rule = `| ${Array.from({ length: width }, (_, i) => (right[i] === true ? "--:" : "---")).join(" | ")} |`;
    return [row(header), rule, ...rows.map(row)].join("\n");
  }

  private add(name: string, of: readonly Block[]): number {
    const words = of.map((block) => ("of" in block && block.kind !== "quote" ? plainText(block.of) : "")).join(" ");
    const number = this.notes.length + 1;
    this.notes.push(`[^${number}]: ${words}`);
    this.numbers.set(name, number);
    return number;
  }

  private line(inlines: readonly Inline[]): string {
    return inlines.map((one) => this.inline(one)).join("");
  }

  private inline(one: Inline): string {
    switch (one.kind) {
      case "text":
        return escaped(one.text);
      case "code": {
        const fence = "`".repeat(Math.max(1, ...[...one.text.matchAll(/`+/gu)].map(([run]) => run.length + 1)));
        return fence.length === 1 ? `\`${one.text}\`` : `${fence} ${one.text} ${fence}`;
      }
      case "math":
        return `$${one.tex}$`;
      case "strong":
        return `**${this.line(one.of)}**`;
      case "emphasis":
        return `*${this.line(one.of)}*`;
      case "struck":
        return `~~${this.line(one.of)}~~`;
      case "raised":
        return `<sup>${this.line(one.of)}</sup>`;
      case "lowered":
        return `<sub>${this.line(one.of)}</sub>`;
      case "small":
        return this.line(one.of);
      case "state":
        return `${STATE_SIGNS[one.state]} ${escaped(one.word)}`;
      case "break":
        return "\\\n";
      case "note":
        return `[^${this.numbers.get(one.name) ?? this.add(one.name, one.of)}]`;
      case "link":
        return /^(?:#|https?:|mailto:)/iu.test(one.to)
          ? `[${this.line(one.of)}](<${one.to.replaceAll(/[<>\s]/gu, encodeURIComponent)}>)`
          : this.line(one.of);
      default:
        return one satisfies never;
    }
  }
}

const STATE_SIGNS = { ok: "●", open: "◐", bad: "✕", none: "◌" } as const;

/** Text that Markdown would read as form keeps its letters. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>~$|]/gu, "\\$&")
    .replaceAll(/^(\s*)([#+-])(?=\s)/gmu, "$1\\$2")
    .replaceAll(/^(\s*\d+)([.)])(?=\s)/gmu, "$1\\$2")
    .replaceAll(/&(?=#?\w+;)/gu, "\\&");
}
