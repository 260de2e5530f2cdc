/** What the review says of a design, as tables: findings of a step, and findings that the note accepts with their reasons. */

import type { Review, ReviewFinding } from "../review/review.ts";
import { stepOfCode } from "../review/step-of-code.ts";
import { type Block, type Cell, heading, type Inline, tableOf, text } from "./document.ts";
import type { ReadNote } from "./read-note.ts";
import { rich, sentence } from "./rich-text.ts";

export function stepOf({ code: name, at }: ReviewFinding): number | undefined {
  const step = stepOfCode(name);
  return step === 0 && at.start.line > 0 ? undefined : step;
}

export function findingBlocks(findings: readonly ReviewFinding[]): Block[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ code: name, name: rule, severity, message, at, fix }): Cell[] => [
    [{ kind: "state", state: severity === "error" ? "bad" : severity === "warning" ? "open" : "none", word: severity }],
    [
      ...rich(sentence(message)),
      ...(fix === undefined ? [] : [text(" "), { kind: "small" as const, of: rich(sentence(fix.split("\n")[0])) }]),
    ],
    [ruleLink(name, rule), text(` line ${at.start.line}`)],
  ]);
  return [
    heading(2, "What the review finds"),
    { ...tableOf([[text("severity")], [text("finding")], [text("rule")]], rows), right: [false, false, false] },
  ];
}

export function ruleLink(ruleCode: string, name: string): Inline {
  return { kind: "link", to: `#${ruleId(name)}`, of: [text(`${ruleCode} ${name}`)] };
}

export function ruleId(name: string): string {
  return `rule-${name}`;
}

export function patternId(name: string): string {
  return `pattern-${name}`;
}

export function waivedBlocks({ waived }: Review, id: string): Block[] {
  if (waived.length === 0) return [];
  const rows = waived.map(({ finding, reason }): Cell[] => [
    [ruleLink(finding.code, finding.name)],
    rich(sentence(finding.message)),
    [text(reason)],
  ]);
  return [
    heading(1, "Accepted by the note", `accepted-by-${id}`),
    {
      ...tableOf([[text("rule")], [text("finding")], [text("why it is accepted")]], rows),
      right: [false, false, false],
    },
  ];
}

/** Names of the rules that a note breaks or waives. */
export function rulesOf({ review: reviewed }: ReadNote): string[] {
  return [...new Set([...reviewed.findings, ...reviewed.waived.map(({ finding }) => finding)].map(({ name }) => name))];
}
