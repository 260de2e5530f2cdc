/** The little Markdown of our own sentences as parts of a line: code, strong, emphasis, true minus signs. */

import type { Inline } from "./document.ts";

/** Remarks, messages of rules, answers of a run: code in backquotes, `**strong**`, `*emphasis*`. */
export function rich(text: string): Inline[] {
  return text
    .replaceAll(/\s+/gu, " ")
    .split(/(`[^`]+`|\*\*[^*]+\*\*|(?<![\w*])\*[^*\s][^*]*\*(?![\w*]))/u)
    .filter((part) => part !== "")
    .map((part): Inline => {
      if (part.length > 2 && part.startsWith("`") && part.endsWith("`"))
        return { kind: "code", text: part.slice(1, -1) };
      if (part.length > 4 && part.startsWith("**"))
        return { kind: "strong", of: [{ kind: "text", text: typeset(part.slice(2, -2)) }] };
      if (part.length > 2 && part.startsWith("*") && part.endsWith("*"))
        return { kind: "emphasis", of: [{ kind: "text", text: typeset(part.slice(1, -1)) }] };
      return { kind: "text", text: typeset(part) };
    });
}

const NARROW = "\u202f";

/** True minus, narrow spaces before units and percent. Only for words of ours and numbers of a run, never for what a person typed. */
export function typeset(text: string): string {
  return text
    .replaceAll(/(?<=^|[\s([])-(?=[\d.])/gu, "−")
    .replaceAll(/(?<=\d)%/gu, `${NARROW}%`)
    .replaceAll(/(?<=\d) (?=(?:ms|µs|ns|s|min|h|d|B|kB|MB|GB|TB|PB)\b)/gu, NARROW)
    .replaceAll(/\[(−?[\d.,]+\S{0,3}), (−?[\d.,]+\S{0,3})\]/gu, "[$1,\u00a0$2]");
}

/** The first letter large, unless it is the name of a metric. */
export function sentence(text: string): string {
  // A name with a digit, and a command, is written as it is typed.
  const start = /^(?:[a-z]\S*[\d_]|heptad )/u.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?:]$/u.test(start) || start === "" ? start : `${start}.`;
}
