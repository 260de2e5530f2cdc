/** The order in which findings are worked off. */

import type { Severity } from "../core/finding.ts";
import { CONSEQUENCES } from "./consequence.ts";
import type { ReviewFinding } from "./review.ts";
import { stepOfCode } from "./step-of-code.ts";

const ORDER: readonly string[] = Object.keys(CONSEQUENCES);
const SEVERITIES: readonly Severity[] = ["error", "warning", "advice"];

/** What cannot be read first; then by severity and consequence, what is written before what is missing, and by step. */
export function inOrderOfWork(findings: readonly ReviewFinding[]): ReviewFinding[] {
  const keys = new Map(findings.map((finding) => [finding, keyOf(finding)]));
  return findings.toSorted((a, b) => {
    const [one, two] = [keys.get(a) ?? [], keys.get(b) ?? []];
    const at = one.findIndex((value, i) => value !== two[i]);
    return at < 0 ? a.at.start.offset - b.at.start.offset : one[at] - two[at];
  });
}

function keyOf({ severity, consequence, missing, code }: ReviewFinding): number[] {
  return [
    SEVERITIES.indexOf(severity),
    consequence === undefined ? -1 : ORDER.indexOf(consequence),
    missing === true ? 1 : 0,
    stepOfCode(code),
  ];
}
