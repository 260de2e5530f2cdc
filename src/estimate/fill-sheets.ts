/** Fills in sheets in order, each from facts, from sheets before it and from stated assumptions. */

import { exceeds } from "../core/comparison.ts";
import { formatQuantity } from "../core/format-quantity.ts";
import type { Failure } from "../core/outcome.ts";
import type { DerivationLine } from "./expression/program.ts";
import { runEstimate } from "./run.ts";
import type { FilledSheet, MissingFact, Sheet, SheetCase, SheetInput } from "./sheet.ts";

/**
 * Every case of every sheet. A sheet whose facts are missing says which keys to write; one that waits for such a sheet
 * lists the same keys. Pure: the same subject gives the same numbers.
 */
export function fillSheets<Subject>(sheets: readonly Sheet<Subject>[], subject: Subject): readonly FilledSheet[] {
  const known = new Map<string, Known>();
  return sheets.flatMap((sheet) =>
    sheet.cases(subject).map((one) => {
      const filled = fill(sheet, one, known);
      remember(filled, known);
      return filled;
    }),
  );
}

/** A line of an earlier sheet: its value, or what that sheet is missing. */
type Known =
  | { readonly value: number; readonly text: string; readonly restsOn: readonly string[] }
  | { readonly missing: readonly MissingFact[]; readonly failure?: Failure };

function fill<Subject>(sheet: Sheet<Subject>, one: SheetCase, known: ReadonlyMap<string, Known>): FilledSheet {
  const given: Record<string, number | readonly number[] | string> = {};
  const texts: Record<string, string> = {};
  const keys: Record<string, string> = {};
  const assumptions: { input: string; text: string; why: string }[] = [];
  const missing: MissingFact[] = [];
  const restsOn = new Set<string>();
  // Of a sheet that this one waits for.
  let behind: Failure | undefined;
  for (const [name, sources] of Object.entries(one.inputs)) {
    const about = one.estimate.inputs[name]?.about ?? name;
    const found = firstThere("from" in sources ? [sources] : sources, known, about);
    if ("missing" in found) {
      missing.push(...found.missing);
      behind ??= found.failure;
    } else {
      given[name] = found.value;
      for (const key of found.restsOn) restsOn.add(key);
      if (found.text !== undefined) texts[name] = found.text;
      if (found.key !== undefined) keys[name] = found.key;
      if (found.why !== undefined) assumptions.push({ input: about, text: String(found.value), why: found.why });
    }
  }
  const blank = {
    sheet: sheet.name,
    title: sheet.title,
    step: sheet.step,
    subject: one.subject,
    estimate: one.estimate.name,
    source: one.estimate.source,
    isAlternative: one.isAlternative ?? false,
    shows: one.shows ?? [],
    failureIsVerdict: one.failureIsVerdict ?? false,
    lines: [],
    answer: undefined,
    assumptions,
    restsOn: [...restsOn],
    missing: unique(missing),
    failure: undefined,
    limits: [],
    dominant: undefined,
  };
  if (missing.length > 0) return blank;
  if (behind !== undefined) return { ...blank, failure: behind };
  const result = runEstimate(one.estimate, given, texts);
  if (!result.ok) {
    const key = keys[result.failure.where ?? ""] ?? Object.values(keys).join(", ");
    return { ...blank, failure: { ...result.failure, where: key === "" ? result.failure.where : key } };
  }
  const { lines, answer, values } = result.value;
  const limits = (one.limits ?? []).map((limit) => {
    const value = values[limit.line];
    return { ...limit, value, isBroken: exceeds(value, limit.atMost) };
  });
  return {
    ...blank,
    lines,
    answer,
    limits,
    assumptions: [...assumptions, ...defaultsIn(lines, one)],
    dominant: one.largest ?? dominantOf(one, values),
  };
}

/** The defaults that shown lines count with: nobody stated them, so they are assumptions too. */
function defaultsIn(
  lines: readonly DerivationLine[],
  { estimate, inputs, shows = [] }: SheetCase,
): FilledSheet["assumptions"] {
  const shown = lines.filter(({ name }) => shows.length === 0 || (name !== undefined && shows.includes(name)));
  const used = new Set(shown.flatMap(({ formula }) => formula.match(/\w+/gu) ?? []));
  return Object.entries(estimate.inputs).flatMap(([name, { about, default: text }]) =>
    text === undefined || name in inputs || !used.has(name)
      ? []
      : [{ input: about, text, why: "the formula's default" }],
  );
}

interface Found {
  readonly value: number | readonly number[] | string;
  readonly text?: string;
  readonly key?: string;
  readonly why?: string;
  readonly restsOn: readonly string[];
}

/** Of several facts that would do, the last is the one most notes state: it is asked for. */
function firstThere(
  sources: readonly SheetInput[],
  known: ReadonlyMap<string, Known>,
  about: string,
): Found | Extract<Known, { readonly missing: unknown }> {
  let wanted: MissingFact | undefined;
  const looked: string[] = [];
  const behind: MissingFact[] = [];
  let failure: Failure | undefined;
  for (const source of sources) {
    if (source.from === "assumption") return { value: source.text, why: source.why, restsOn: looked };
    if (source.from === "fact") {
      const { key, value, text, example } = source;
      looked.push(key);
      if (value !== undefined) return { value, text, key, restsOn: looked };
      wanted = { key, example, about };
      continue;
    }
    const result = known.get(source.of) ?? known.get(`${source.of.split(".")[0]}.`);
    if (result !== undefined && "value" in result) return { ...result, restsOn: [...looked, ...result.restsOn] };
    if (result !== undefined) {
      behind.push(...result.missing);
      failure ??= result.failure;
    }
  }
  return wanted === undefined ? { missing: behind, failure } : { missing: [wanted] };
}

/**
 * Lines are known as `sheet.line`, and as `sheet.subject.line` where a sheet has several cases; the first case wins. What a
 * sheet without lines is missing is known under `sheet.`.
 */
function remember(filled: FilledSheet, known: Map<string, Known>): void {
  const keep = (line: string, value: Known): void => {
    for (const key of [`${filled.sheet}.${line}`, `${filled.sheet}.${filled.subject}.${line}`]) {
      if (!known.has(key)) known.set(key, value);
    }
  };
  for (const { name, value, text } of filled.lines)
    if (name !== undefined) keep(name, { value, text, restsOn: filled.restsOn });
  if (filled.lines.length === 0) known.set(`${filled.sheet}.`, { missing: filled.missing, failure: filled.failure });
}

function dominantOf({ parts, estimate }: SheetCase, values: Readonly<Record<string, number>>): string | undefined {
  if (parts === undefined) return undefined;
  const total = Object.keys(parts).reduce((sum, line) => sum + values[line], 0);
  const [line, words] = Object.entries(parts).reduce((a, b) => (values[b[0]] > values[a[0]] ? b : a));
  if (!(total > 0)) return undefined;
  const dimension = estimate.outputs.get(line) ?? {};
  const share = formatQuantity(values[line] / total, "share", { digits: 2 });
  return `${words}: ${formatQuantity(values[line], dimension)}, ${share} of the sum`;
}

function unique(missing: readonly MissingFact[]): readonly MissingFact[] {
  return missing.filter((one, i) => missing.findIndex((other) => other.key === one.key) === i);
}
