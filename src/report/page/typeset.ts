/** Text as a page sets it: escaped, with true minus signs, narrow spaces before units, and the little Markdown of remarks. */

import { escapeHtml } from "../escape-html.ts";

/** Escaped and typeset: `-0.4%` becomes `−0.4 %`, bounds never break over a line. */
export function typeset(text: string): string {
  return setNumbers(escapeHtml(text))
    .replaceAll(BOUNDS, '<span class="bounds nw">$&</span>')
    .replaceAll(/\b\d{4}-\d\d-\d\d\b/gu, '<span class="nw">$&</span>');
}

/** Typeset, with code, strong and emphasis. Code is left as it is typed. */
export function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/u)
    .map((part) =>
      part.startsWith("`") && part.length > 2
        ? `<code>${escapeHtml(part.slice(1, -1))}</code>`
        : typeset(part)
            .replaceAll(/\*\*([^*]+)\*\*/gu, "<b>$1</b>")
            .replaceAll(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/gu, "<em>$1</em>"),
    )
    .join("");
}

const NARROW = "\u202f";
const BOUNDS = /\[−?[\d.,]+(?:\u202f?[%a-zµ]+)?, −?[\d.,]+(?:\u202f?[%a-zµA-Z]+)?\]/gu;

function setNumbers(text: string): string {
  return text
    .replaceAll(/(?<=^|[\s([])-(?=[\d.])/gu, "−")
    .replaceAll(/(?<=\d)%/gu, `${NARROW}%`)
    .replaceAll(/(?<=\d) (?=(?:ms|µs|ns|s|min|h|d|B|kB|MB|GB|TB|PB)\b)/gu, NARROW)
    .replaceAll(/(?<=(?:&lt;|&gt;)=?) (?=−?[$\d])/gu, "\u00a0")
    .replaceAll(/(?<=\d)x(?= smaller\b|$)/gu, "×");
}
