/** Writes blocks as HTML: every text is escaped, no script, no style of its own; links lead where `address` says. */

import { escapeHtml } from "../report/escape-html.ts";
import type { Block, BookTable, Cell, Inline } from "./document.ts";
import { toMathMl } from "./mathematics.ts";

export interface HtmlOptions {
  /** The address of a link as seen from this page; undefined makes its words plain. */
  address(to: string): string | undefined;
  picture(path: string): string;
}

export function writeHtml(blocks: readonly Block[], options: HtmlOptions): string {
  const writer = new HtmlWriter(options);
  return `${writer.blocks(blocks)}${writer.footnotes()}`;
}

class HtmlWriter {
  private readonly options: HtmlOptions;
  private readonly notes: string[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(options: HtmlOptions) {
    this.options = options;
  }

  blocks(blocks: readonly Block[]): string {
    return blocks.map((block) => this.block(block)).join("\n");
  }

  /** A footnote within a footnote comes before it. */
  private add(name: string, of: readonly Block[]): number {
    const words = this.blocks(of);
    const number = this.notes.push(words);
    this.numbers.set(name, number);
    return number;
  }

  footnotes(): string {
    if (this.notes.length === 0) return "";
    const items = this.notes.map((note, i) => `<li id="note-${i + 1}">${note}</li>`);
    return `\n<section class="notes" aria-label="Notes"><ol>${items.join("")}</ol></section>`;
  }

  private block(block: Block): string {
    switch (block.kind) {
      case "heading": {
        const level = block.depth + 1;
        const id = block.id === undefined ? "" : ` id="${escapeHtml(block.id)}"`;
        return `<h${level}${id}>${this.line(block.of)}</h${level}>`;
      }
      case "paragraph":
        return `<p dir="auto">${this.line(block.of)}</p>`;
      case "lead":
        return `<p class="lead">${this.line(block.of)}</p>`;
      case "list": {
        const items = block.items.map((item) => `<li>${this.blocks(item)}</li>`).join("");
        if (block.start === null) return `<ul>${items}</ul>`;
        return `<ol${block.start === 1 ? "" : ` start="${block.start}"`}>${items}</ol>`;
      }
      case "quote":
        return `<blockquote>${this.blocks(block.of)}</blockquote>`;
      case "code":
        return `<pre tabindex="0"><code>${block.language === "yaml" || block.language === "yml" ? colourYaml(block.text) : escapeHtml(block.text)}</code></pre>`;
      case "formula":
        return `<div class="formula" tabindex="0">${block.lines.map((tex) => `<p>${toMathMl(tex, false)}</p>`).join("")}</div>`;
      case "table":
        return this.table(block);
      case "figure":
        return `<figure><figcaption>${escapeHtml(block.caption)}</figcaption><div class="drawing" role="img" aria-label="${escapeHtml(block.says)}">${block.svg}</div></figure>`;
      case "picture":
        return `<figure><img src="${escapeHtml(this.options.picture(block.path))}" alt="${escapeHtml(block.says)}"></figure>`;
      case "rule":
        return "<hr>";
      default:
        return block satisfies never;
    }
  }

  private table({ header, rows, right, isNamed }: BookTable): string {
    const cell = (of: Cell, i: number): string => {
      const side = right[i] === true ? ' class="num"' : "";
      return i === 0 && isNamed
        ? `<th scope="row">${this.line(of)}</th>`
        : `<td${side} dir="auto">${this.line(of)}</td>`;
    };
    const head = header.every((one) => one.length === 0)
      ? ""
      : `<thead><tr>${header.map((one, i) => `<th scope="col"${right[i] === true ? ' class="num"' : ""}>${this.line(one)}</th>`).join("")}</tr></thead>`;
    return `<div class="wide" tabindex="0"><table>${head}<tbody>${rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n")}</tbody></table></div>`;
  }

  private line(inlines: readonly Inline[]): string {
    return inlines.map((one) => this.inline(one)).join("");
  }

  private inline(one: Inline): string {
    switch (one.kind) {
      case "text":
        return escapeHtml(one.text);
      case "code":
        return `<code>${escapeHtml(one.text)}</code>`;
      case "math":
        return toMathMl(one.tex, false);
      case "strong":
        return `<strong>${this.line(one.of)}</strong>`;
      case "emphasis":
        return `<em>${this.line(one.of)}</em>`;
      case "struck":
        return `<s>${this.line(one.of)}</s>`;
      case "raised":
        return `<sup>${this.line(one.of)}</sup>`;
      case "lowered":
        return `<sub>${this.line(one.of)}</sub>`;
      case "small":
        return `<small>${this.line(one.of)}</small>`;
      case "state":
        return `<span class="state ${one.state}">${SHAPES[one.state]} ${escapeHtml(one.word)}</span>`;
      case "break":
        return "<br>";
      case "note": {
        const number = this.numbers.get(one.name) ?? this.add(one.name, one.of);
        return `<sup><a href="#note-${number}">${number}</a></sup>`;
      }
      case "link": {
        const address = this.options.address(one.to);
        return address === undefined ? this.line(one.of) : `<a href="${escapeHtml(address)}">${this.line(one.of)}</a>`;
      }
      default:
        return one satisfies never;
    }
  }
}

const SHAPES = {
  ok: '<svg class="mark" viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4.5"/></svg>',
  open: '<svg class="mark" viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4" fill="none" stroke="currentColor"/><path d="M5 1a4 4 0 0 0 0 8z"/></svg>',
  bad: '<svg class="mark" viewBox="0 0 10 10" aria-hidden="true"><path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" stroke-width="2" fill="none"/></svg>',
  none: '<svg class="mark" viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" stroke-dasharray="2 1.4"/></svg>',
} as const;

/** Keys and comments of YAML told apart; the letters are the note's. */
function colourYaml(source: string): string {
  return source
    .split("\n")
    .map((line) => {
      const [, code = line, comment = ""] = /^((?:[^#"']|"[^"]*"|'[^']*'|(?<!\s)#)*)(\s#.*)?$/u.exec(line) ?? [];
      const keyed = escapeHtml(code).replace(
        /^(\s*(?:- )?(?:\{ ?)?)([\w.-]+)(?=:(?:\s|$))/u,
        '$1<span class="key">$2</span>',
      );
      return comment === "" ? keyed : `${keyed}<span class="comment">${escapeHtml(comment)}</span>`;
    })
    .join("\n");
}
