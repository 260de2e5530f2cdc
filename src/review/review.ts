/** Runs rules over a design: findings with their places, what is waived, and how each rule ended. */

import type { Finding, Severity, TextEdit } from "../core/finding.ts";
import { placeOf } from "../design/place.ts";
import type { Design } from "../steps/design.ts";
import type { Consequence } from "./consequence.ts";
import { asksForLater, isDraft, stepsNotBegun } from "./draft.ts";
import { placedFix } from "./placed-fix.ts";
import { editOf } from "./repair.ts";
import type { Examination, Rule, Settings, Spoken } from "./rule.ts";
import { applyWaivers, type WaivedFinding } from "./waiver.ts";

export interface ReviewFinding extends Finding {
  /** Codes and names of rules that wait for the fact asked for here. */
  readonly waiting?: readonly string[];
  /** What comes of it if nobody acts; absent for errors of form. */
  readonly consequence?: Consequence;
  /** True where it asks for a fact that is not written. */
  readonly missing?: boolean;
  /** Path of the fact that it is about; absent for errors of form and for prose. */
  readonly fact?: string;
}

export interface RuleOutcome {
  readonly code: string;
  readonly name: string;
  readonly outcome: Examination["outcome"];
  /** Facts that are missing, where the outcome is unknown. */
  readonly missing?: readonly string[];
}

export interface Review {
  readonly file: string;
  /** Errors of format first read, then the rules', in the order of the text. */
  readonly findings: readonly ReviewFinding[];
  readonly waived: readonly WaivedFinding[];
  readonly outcomes: readonly RuleOutcome[];
  /** True when the note has no facts and was read from its prose. */
  readonly fromProse: boolean;
  /** The steps that a draft has not begun; absent for a note that is no draft. */
  readonly draft?: readonly number[];
  /** Steps whose block of facts could not be read; absent where there are none. */
  readonly unreadSteps?: readonly string[];
  /** Codes of rules that could not say all that they find: a block could not be read, or a draft has not begun it. */
  readonly silenced?: readonly string[];
}

/** What a project changes about a rule: nothing, its severity or its numbers; `off` leaves it out. */
export interface RuleConfiguration {
  readonly severity?: Severity | "off";
  readonly settings?: Settings;
}

export interface ReviewOptions {
  /** Rules of a team, beside those of the program. */
  readonly team?: readonly Rule[];
  /** By code or name. */
  readonly configuration?: Readonly<Record<string, RuleConfiguration>>;
}

/** Reviews a design with the given rules. `formatFindings` are what reading the note has found. */
export function review(
  design: Design,
  rules: readonly Rule[],
  formatFindings: readonly Finding[] = [],
  options: ReviewOptions = {},
): Review {
  const examined = rules.flatMap((rule) => {
    const configured = options.configuration?.[rule.code] ?? options.configuration?.[rule.name] ?? {};
    if (configured.severity === "off") return [];
    return [{ rule, severity: configured.severity, examination: rule.examine(design, configured.settings) }];
  });
  const waiting = examined.flatMap(({ rule, examination }) =>
    examination.outcome === "unknown"
      ? examination.missing.map((path) => ({ path: withoutIndexes(path), rule: `${rule.code} ${rule.name}` }))
      : [],
  );
  const later = stepsNotBegun(design);
  const silenced = new Set<string>();
  const found = examined.flatMap(({ rule, severity, examination }) => {
    if (rule.reads.some((path) => isUnread(design, Number(path[0]))) || later.has(rule.step)) {
      silenced.add(rule.code);
      return [];
    }
    if (examination.outcome !== "fires") return [];
    const said = examination.spoken.filter(
      ({ hit }) => !hit.lacks?.some((path) => isRefused(design, path)) && !asksForLater(hit, later),
    );
    if (said.length < examination.spoken.length) silenced.add(rule.code);
    return said.map((spoken) => findingOf(rule, spoken, severity, design, waiting));
  });
  const unreadSteps = design.refused.filter((one) => /^\d$/u.test(one));
  const { findings, waived } = applyWaivers(design, rules, [...formatFindings, ...found]);
  return {
    file: design.file,
    findings: findings.toSorted((a, b) => a.at.start.offset - b.at.start.offset || (a.code < b.code ? -1 : 1)),
    waived,
    outcomes: examined.map(({ rule, examination }) => ({
      code: rule.code,
      name: rule.name,
      outcome: examination.outcome,
      ...(examination.outcome === "unknown" ? { missing: examination.missing } : {}),
    })),
    fromProse: false,
    ...(isDraft(design) ? { draft: [...later] } : {}),
    ...(unreadSteps.length > 0 ? { unreadSteps } : {}),
    ...(silenced.size > 0 ? { silenced: [...silenced] } : {}),
  };
}

function findingOf(
  rule: Rule,
  { hit, said, repairs }: Spoken,
  configured: Severity | undefined,
  design: Design,
  waiting: readonly { readonly path: string; readonly rule: string }[],
): ReviewFinding {
  const asked = new Set((hit.lacks ?? []).map(withoutIndexes));
  const waits =
    asked.size === 0 ? [] : [...new Set(waiting.filter(({ path }) => asked.has(path)).map((one) => one.rule))];
  const edits = repairs.map((repair) => editOf(repair, design)).filter((edit): edit is TextEdit => edit !== undefined);
  const related = (hit.also ?? []).map((path, i) => ({ at: spanOf(design, path), message: said.also?.[i] ?? "" }));
  const missing = (hit.lacks?.length ?? 0) > 0;
  const severity = configured ?? hit.severity ?? rule.severity;
  return {
    code: rule.code,
    name: rule.name,
    severity: missing && isDraft(design) ? "advice" : severity,
    consequence: rule.consequence,
    missing: missing || undefined,
    fact: hit.at,
    message: inProse(rule, hit.at, design) ?? said.message,
    at: spanOf(design, hit.at),
    label: said.label,
    related: related.length === 0 ? undefined : related,
    why: said.why ?? rule.why,
    fix: placedFix(said.fix ?? rule.fix, hit.at, design),
    edits: edits.length === 0 ? undefined : edits,
    waiting: waits.length === 0 ? undefined : waits,
  };
}

/** Where the prose of the section speaks of what a fact should say, it would be false that nothing does. */
function inProse({ prose }: Rule, at: string, design: Design): string | undefined {
  if (prose === undefined || prose.path !== at || design.places.has(at)) return undefined;
  const isSaid = design.sections.some(({ step, prose: text }) => step === Number(at[0]) && prose.words.test(text));
  return isSaid ? `the prose speaks of ${prose.about}, and no fact says it` : undefined;
}

/** The value of a fact that is there; the key that should hold one that is not. */
function spanOf(design: Design, path: string) {
  const place = placeOf(design, path);
  return design.places.has(path) ? place.value : place.key;
}

/** Of a block that cannot be read nothing is known: the one error says so, and no rule that reads from it says anything. */
function isUnread(design: Design, step: number): boolean {
  return design.refused.includes(String(step));
}

/** What is written but wrong has its error: it is not missing as well. */
function isRefused(design: Design, path: string): boolean {
  return design.refused.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`));
}

function withoutIndexes(path: string): string {
  return path.replaceAll(/\[\d+\]/gu, "[]");
}
