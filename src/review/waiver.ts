/** Waivers: findings that the note accepts, each with a reason. A waiver that does nothing, or names no rule, is itself a finding. */

import type { Finding } from "../core/finding.ts";
import { nearest } from "../core/nearest.ts";
import { placeOf } from "../design/place.ts";
import type { Design } from "../steps/design.ts";
import { MAPPING_CODES } from "./mapping-codes.ts";
import type { RuleText } from "./rule.ts";

export interface WaivedFinding {
  readonly finding: Finding;
  readonly reason: string;
}

export interface Waived<F extends Finding> {
  readonly findings: readonly (F | Finding)[];
  readonly waived: readonly WaivedFinding[];
}

/** Takes the findings apart that the front matter waives by code or name. */
export function applyWaivers<F extends Finding>(
  design: Design,
  rules: readonly Pick<RuleText, "code" | "name">[],
  findings: readonly F[],
): Waived<F> {
  const waivers = design.front.waive ?? [];
  if (waivers.length === 0) return { findings, waived: [] };
  const kept: (F | Finding)[] = [];
  const waived: WaivedFinding[] = [];
  const used = new Set<number>();
  const codes = new Set<string>(rules.map(({ code }) => code));
  for (const finding of findings) {
    const i = waivers.findIndex(({ rule }) => rule === finding.code || rule === finding.name);
    const isRule = codes.has(finding.code);
    if (i === -1 || !isRule || waivers[i].reason.trim() === "") kept.push(finding);
    else waived.push({ finding, reason: waivers[i].reason });
    if (i !== -1) used.add(i);
  }
  for (const [i, { rule, reason }] of waivers.entries()) {
    const known = rules.some(({ code, name }) => rule === code || rule === name);
    // What only the files show is found, and waived, where they are read.
    if (!known && isOfMapping(rule) && reason.trim() !== "") continue;
    const mark = (part: "rule" | "reason") => placeOf(design, `0.waive[${i}].${part}`).value;
    if (!known) kept.push(unknownRule(rule, rules, mark("rule")));
    else if (reason.trim() === "") kept.push(withoutReason(rule, mark("reason")));
    else if (!used.has(i)) kept.push(unused(rule, mark("rule")));
  }
  return { findings: kept, waived };
}

function isOfMapping(rule: string): boolean {
  return Object.entries(MAPPING_CODES).some(([code, { name }]) => rule === code || rule === name);
}

function unknownRule(rule: string, rules: readonly Pick<RuleText, "code" | "name">[], at: Finding["at"]): Finding {
  const suggestion = nearest(
    rule,
    rules.flatMap(({ code, name }) => [name, code]),
  );
  return {
    code: "HP020",
    name: "waiver-for-unknown-rule",
    severity: "error",
    message: `there is no rule \`${rule.slice(0, 60)}\` to waive`,
    at,
    fix: suggestion === undefined ? "heptad explain lists the rules" : `did you mean \`${suggestion}\`?`,
  };
}

function withoutReason(rule: string, at: Finding["at"]): Finding {
  return {
    code: "HP021",
    name: "waiver-without-reason",
    severity: "error",
    message: `the waiver of \`${rule}\` gives no reason`,
    at,
    fix: "write in a sentence why the finding is accepted",
  };
}

function unused(rule: string, at: Finding["at"]): Finding {
  return {
    code: "HP022",
    name: "waiver-without-finding",
    severity: "advice",
    message: `\`${rule}\` finds nothing here, so its waiver waives nothing`,
    at,
    fix: "delete the waiver",
  };
}
