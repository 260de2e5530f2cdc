/** Finds figures of a run: what was judged, against what, by which metric. */

import type { MeasuredRun } from "../system/run-record.ts";

export type RunFigure = MeasuredRun["figures"][number];
export type RunAlert = MeasuredRun["alerts"][number];

export interface FigureQuery {
  readonly step?: number;
  readonly name?: string;
  readonly subject?: string;
  readonly slice?: string;
}

/** The first figure of that description. */
export function findFigure(run: Pick<MeasuredRun, "figures">, query: FigureQuery): RunFigure | undefined {
  return run.figures.find((one) => matches(one, { slice: "all", ...query }));
}

/** Every figure of that description, of any slice unless one is named. */
export function figuresOf(run: Pick<MeasuredRun, "figures">, query: FigureQuery): RunFigure[] {
  return run.figures.filter((one) => matches(one, query));
}

function matches(figure: RunFigure, { step, name, subject, slice }: FigureQuery): boolean {
  return (
    (step === undefined || figure.step === step) &&
    (name === undefined || figure.name === name) &&
    (subject === undefined || figure.subject === subject) &&
    (slice === undefined || figure.slice === slice)
  );
}

/** The two sides of a paired difference, `after` minus `before`; undefined for a plain figure. */
export function sidesOf({ subject }: RunFigure): { readonly before: string; readonly after: string } | undefined {
  const at = subject.indexOf(" vs ");
  return at < 0 ? undefined : { before: subject.slice(0, at), after: subject.slice(at + 4) };
}

/** The paired difference of two subjects. */
export function differenceOf(
  run: Pick<MeasuredRun, "figures">,
  { before, after, ...query }: { before: string; after: string } & Omit<FigureQuery, "subject">,
): RunFigure | undefined {
  return run.figures.find((one) => {
    const sides = sidesOf(one);
    return sides?.before === before && sides.after === after && matches(one, { slice: "all", ...query });
  });
}

/** Who is judged in step 5: the baseline, what was chosen, the best single model, and the metric that decides. */
export interface Contest {
  readonly metric: string;
  readonly baseline: string;
  /** The baseline itself where nothing beat it on validation. */
  readonly system: string;
  /** The strongest other contender that the system was compared with; undefined where there is none. */
  readonly rival: string | undefined;
}

/** Undefined where the run compared nothing. */
export function contestOf(run: Pick<MeasuredRun, "figures">): Contest | undefined {
  const differences = figuresOf(run, { step: 5 }).flatMap((figure) => {
    const sides = sidesOf(figure);
    return sides === undefined ? [] : [{ figure, ...sides }];
  });
  const first = differences.at(0);
  if (first === undefined) return undefined;
  const { name: metric } = first.figure;
  const plain = figuresOf(run, { step: 5, name: metric, slice: "all" }).filter((one) => sidesOf(one) === undefined);
  const baseline = plain.at(0)?.subject ?? first.before;
  // What was chosen is compared most often: on every metric and on every slice.
  const compared = new Map<string, Set<string>>();
  for (const { figure, after } of differences)
    compared.set(after, (compared.get(after) ?? new Set()).add(`${figure.name}, ${figure.slice}`));
  const [most, on] = [...compared].reduce((a, b) => (b[1].size > a[1].size ? b : a));
  const system = on.size > 1 ? most : baseline;
  const rival = differences.find(
    ({ figure, before, after }) => after === system && before !== baseline && figure.name === metric,
  )?.before;
  return { metric, baseline, system, rival };
}
