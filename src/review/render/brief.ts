/** A review at a glance: the few findings to work off first, by what would come of them, and the rest counted by step. */

import type { Severity } from "../../core/finding.ts";
import { shellWord } from "../../core/shell-word.ts";
import { CONSEQUENCES } from "../consequence.ts";
import { inOrderOfWork } from "../order-of-work.ts";
import type { Review, ReviewFinding } from "../review.ts";
import { stepOfCode } from "../step-of-code.ts";
import { summarize } from "../summary.ts";
import { plural } from "../words.ts";
import { renderFirst, shown } from "./brief-finding.ts";
import { COLOURS, createLines, type TextOptions } from "./text.ts";

/** What one note's mends would do, found by making them and reviewing again. */
export interface MendEffects {
  /** Codes of other findings that the mend of one clears too. */
  readonly clears: ReadonlyMap<ReviewFinding, readonly string[]>;
  /** Findings of the whole note whose mend `--fix` would make, those that would go with them, and those that would be left. */
  readonly mended: number;
  readonly cleared: number;
  readonly left: number;
}

export interface BriefOptions extends TextOptions {
  /** How many findings are shown. */
  readonly top: number;
  /** The paths as they were given, for the commands at the end. */
  readonly paths: readonly string[];
  readonly effectsOf: (review: Review, first: readonly ReviewFinding[]) => MendEffects;
  /** A line as lines that fit the window. */
  readonly wrap: (line: string) => readonly string[];
  /** Findings of a file that were not asked for, in words; empty where there are none. */
  readonly asideOf?: (file: string) => string;
}

/** A line a note where nothing was found; of one note with findings the first of them, of several a line each before that. */
export function renderBrief(reviews: readonly Review[], options: BriefOptions): string {
  const found = reviews.filter(({ findings }) => findings.length > 0);
  const quiet = reviews.filter(({ findings }) => findings.length === 0);
  const lines = quiet.length === 0 ? [] : renderQuiet(quiet, found.length === 0 ? MOST_LINES : 1, options);
  if (found.length === 0) return lines.join("\n");
  const all = found.flatMap(({ findings }) => findings);
  const first = inOrderOfWork(all).slice(0, options.top);
  const effects = new Map<ReviewFinding, readonly string[]>();
  const mends = { mended: 0, cleared: 0, left: 0 };
  for (const review of found) {
    const own = options.effectsOf(
      review,
      first.filter((finding) => review.findings.includes(finding)),
    );
    for (const [finding, codes] of own.clears) effects.set(finding, codes);
    mends.mended += own.mended;
    mends.cleared += own.cleared;
    mends.left += own.left;
  }
  if (lines.length > 0) lines.push("");
  lines.push(...renderHeads(found, all.length > first.length, options));
  const groupsOf = (isWhole: boolean, showsLine: boolean): string[] =>
    renderGroups(first, effects, { namesFile: found.length > 1, isWhole, showsLine }, options);
  const rest = inOrderOfWork(all).slice(first.length);
  const after = rest.length > 0 ? ["", ...renderRest(rest, options), "", ...renderSteps(all)] : [];
  after.push("", ...renderWays(found, all, first, mends, options));
  // What to write is meant to be taken over: it is cut only where the screen has no room for it. Then the groups close up, then the
  // line that the first finding shows goes.
  const room = MOST_LINES - lines.length - after.length;
  const closed = (groups: readonly string[]): string[] => groups.filter((line, i) => line !== "" || i === 0);
  const [whole, cut] = [groupsOf(true, true), groupsOf(false, true)];
  const groups = [whole, cut, closed(cut)].find((one) => one.length <= room) ?? closed(groupsOf(false, false));
  lines.push(...groups, ...after);
  return lines.join("\n");
}

/** What a window shows at once. */
const MOST_LINES = 30;

/** A line a note, or one for all where they would push the findings off the screen. */
function renderQuiet(reviews: readonly Review[], most: number, { paint, asideOf }: BriefOptions): string[] {
  const aside = ({ file }: Review): string => asideOf?.(file) ?? "";
  if (reviews.length > most) {
    const waived = reviews.reduce((sum, one) => sum + one.waived.length, 0);
    const others = reviews.filter((one) => aside(one) !== "").length;
    const rest = `${waived === 0 ? "" : `, ${waived} waived`}${others === 0 ? "" : `; ${plural(others, "note")} with findings that were not asked for`}`;
    return [`${plural(reviews.length, "note")}: ${paint("green", "nothing to report")}${rest}`];
  }
  const longest = Math.max(...reviews.map(({ file }) => shown(file).length));
  return reviews.map((review) => {
    const { file, waived, fromProse, draft = [] } = review;
    const rest = `${waived.length === 0 ? "" : `, ${waived.length} waived`}${fromProse ? ", read from its prose" : ""}${aside(review)}${draft.length === 0 ? "" : `; section ${draft[0]} comes next`}`;
    return `${paint("dim", shown(file).padEnd(longest))}    ${paint("green", "nothing to report")}${rest}`;
  });
}

function renderHeads(
  found: readonly Review[],
  isMore: boolean,
  { paint, asideOf, wrap }: BriefOptions,
): readonly string[] {
  const heads = found.map((review) => {
    const prose = review.fromProse ? " (no facts; read from its prose)" : review.draft === undefined ? "" : " (draft)";
    return `${paint("dim", shown(review.file))}${prose}: ${counts(review, paint)}${asideOf?.(review.file) ?? ""}`;
  });
  const { draft } = found[0];
  const later =
    draft === undefined || draft.length === 0
      ? ""
      : ` Not begun: ${plural(draft.length, "section")} (${draft.join(", ")}).`;
  const first = isMore ? " These first:" : "";
  if (heads.length === 1) return wrap(`${heads[0]}.${later}${first}`);
  const most = 5;
  const more = heads.length > most ? [`and ${plural(heads.length - most, "more note")} with findings`] : [];
  return [...heads.slice(0, most), ...more, ...(isMore ? ["These first:"] : [])];
}

function counts(review: Review, paint: TextOptions["paint"]): string {
  const { errors, warnings, advice } = summarize([review]);
  const parts: readonly (readonly [number, Severity, string, string])[] = [
    [errors, "error", "error", "errors"],
    [warnings, "warning", "warning", "warnings"],
    [advice, "advice", "piece of advice", "pieces of advice"],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, severity, one, many]) => paint(COLOURS[severity], plural(count, one, many)))
    .join(", ");
}

/** Findings under what would come of them; the first one with its line. */
function renderGroups(
  first: readonly ReviewFinding[],
  clears: ReadonlyMap<ReviewFinding, readonly string[]>,
  {
    namesFile,
    isWhole,
    showsLine,
  }: { readonly namesFile: boolean; readonly isWhole: boolean; readonly showsLine: boolean },
  options: BriefOptions,
): string[] {
  const lines: string[] = [];
  let last = "";
  const texts = new Map<string, readonly string[]>();
  for (const [i, finding] of first.entries()) {
    const heading = headingOf(finding);
    if (heading !== last) lines.push("", options.paint("bold", heading));
    last = heading;
    const { file } = finding.at;
    const text = texts.get(file) ?? createLines(options.textOf(file));
    texts.set(file, text);
    const own = {
      number: i + 1,
      showsLine: showsLine && i === 0,
      isWhole,
      namesFile,
      clears: clears.get(finding) ?? [],
    };
    lines.push(...renderFirst(finding, own, text, options));
  }
  return lines;
}

function headingOf({ severity, consequence }: ReviewFinding): string {
  const words = consequence === undefined ? "Not read as it was meant" : CONSEQUENCES[consequence];
  return severity === "error" ? words : `${words} (${severity === "warning" ? "warnings" : severity})`;
}

/** `Then 6 errors: HP409 HP502 …`: of the gravest kind that is left. */
function renderRest(rest: readonly ReviewFinding[], { width }: BriefOptions): string[] {
  const { severity } = rest[0];
  const alike = rest.filter((one) => one.severity === severity);
  const words = {
    error: ["error", "errors"],
    warning: ["warning", "warnings"],
    advice: ["piece of advice", "pieces of advice"],
  } as const;
  const [one, many] = words[severity];
  let line = `Then ${plural(alike.length, one, many)}:`;
  const codes = [...new Set(alike.map(({ code }) => code))].toSorted();
  for (const code of codes) {
    if (line.length + code.length + 5 > width) return [`${line} …`];
    line += ` ${code}`;
  }
  return [line];
}

/** Errors, warnings and advice by step; what belongs to the note as a whole first. */
function renderSteps(all: readonly ReviewFinding[]): string[] {
  const steps = [0, 1, 2, 3, 4, 5, 6, 7].filter((step) => step > 0 || all.some(({ code }) => stepOfCode(code) === 0));
  const cell = (text: string): string => text.padStart(4);
  const rows = (["error", "warning", "advice"] as const)
    .filter((severity) => all.some((finding) => finding.severity === severity))
    .map((severity) => {
      const of = (step: number): number =>
        all.filter((finding) => finding.severity === severity && stepOfCode(finding.code) === step).length;
      const name = severity === "advice" ? "advice" : `${severity}s`;
      return `  ${name.padEnd(8)}${steps.map((step) => cell(of(step) === 0 ? "·" : String(of(step)))).join("")}`;
    });
  return [`  ${"step".padEnd(8)}${steps.map((step) => cell(step === 0 ? "-" : String(step))).join("")}`, ...rows];
}

/** The three ways on, each with what it gives. */
function renderWays(
  found: readonly Review[],
  all: readonly ReviewFinding[],
  first: readonly ReviewFinding[],
  { mended, cleared, left }: Omit<MendEffects, "clears">,
  { paths, width, asideOf }: BriefOptions,
): string[] {
  const { rules } = summarize(found);
  const check = ["heptad check", ...paths.map(shellWord)].join(" ");
  const others = cleared > 0 ? ` and clears ${cleared} more` : "";
  const waiting =
    rules.unknown === 0 ? "" : `; ${plural(rules.unknown, "rule")} ${rules.unknown === 1 ? "waits" : "wait"} for facts`;
  const ruled = first.find(({ code }) => /^HP[1-7]/u.test(code)) ?? first[0];
  // What it gives, and the same in fewer words where the window is narrow.
  const ways: (readonly [way: string, gives: string, short: string])[] = [
    [`${check} --verbose`, `all ${all.length}, with reasons and places${waiting}`, `all ${all.length}, and why`],
    [`heptad explain ${ruled.code}`, "why it matters, what to write, the sources", "why it matters"],
  ];
  if (mended > 0) {
    const isPart = found.some(({ file }) => (asideOf?.(file) ?? "") !== "");
    const where = isPart ? " in the whole note" : "";
    const gives = `mends ${mended}${others}: ${left} would be left${where}`;
    ways.unshift([`${check} --fix`, gives, `mends ${mended}, leaves ${left}`]);
  }
  const longest = Math.max(...ways.map(([way]) => way.length));
  const isNarrow = ways.some(([, gives]) => longest + 4 + gives.length > width);
  return ways.map(([way, gives, short]) =>
    isNarrow ? `${way.padEnd(longest)}  ${short}` : `${way.padEnd(longest)}    ${gives}`,
  );
}
