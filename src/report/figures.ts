/** Finds figures of a run: what was judged, against what, by which metric. */

import type { MeasuredRun } from "../system/run-record.ts";

export type RunFigure = MeasuredRun["figures"][number];
export type RunAlert = MeasuredRun["alerts"][number];

export interface FigureQuery {
  readonly step?: number;
  readonly name?: string;
  /** A subject's own figures, unless `against` says whose difference is asked for. */
  readonly subject?: string;
  readonly against?: string;
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

function matches(figure: RunFigure, { step, name, subject, against, slice }: FigureQuery): boolean {
  return (
    (step === undefined || figure.step === step) &&
    (name === undefined || figure.name === name) &&
    (subject === undefined || (figure.subject === subject && figure.against === against)) &&
    (slice === undefined || figure.slice === slice)
  );
}

/** The two sides of a paired difference, `after` minus `before`; undefined for a plain figure. */
export function sidesOf({
  subject,
  against,
}: Pick<RunFigure, "subject" | "against">): { readonly before: string; readonly after: string } | undefined {
  return against === undefined ? undefined : { before: against, after: subject };
}

/** The paired difference of two subjects. */
export function differenceOf(
  run: Pick<MeasuredRun, "figures">,
  { before, after, ...query }: { before: string; after: string } & Omit<FigureQuery, "subject">,
): RunFigure | undefined {
  return findFigure(run, { ...query, subject: after, against: before });
}

/** Who is judged in step 5: the baseline, what was chosen, the best single model, and the metric that decides. */
export interface Contest {
  readonly metric: string;
  readonly baseline: string;
  /** The baseline itself where nothing beat it on validation. */
  readonly system: string;
  /** The strongest other contender that the system was compared with; undefined where there is none. */
  readonly rival: string | undefined;
  /** Nothing could be compared before the test: the baseline stands without having won. */
  readonly isUnchosen: boolean;
  /** The baseline was chosen by the run, and is not the note's. */
  readonly standsIn: boolean;
  /** Plain rules beside the baseline. */
  readonly plain: readonly string[];
}

/** Undefined where the run compared nothing. */
export function contestOf({ evaluation }: Pick<MeasuredRun, "evaluation">): Contest | undefined {
  if (evaluation === null || evaluation.contenders.length < 2) return undefined;
  const { metric, baseline, chosen, rival, unchosen = false, standsIn = false, plain = [] } = evaluation;
  return { metric, baseline, system: chosen, rival: rival ?? undefined, isUnchosen: unchosen, standsIn, plain };
}

/** The baseline as the note writes it; without its value where the run's baseline is another, of which the note says nothing. */
export function statedBaseline(run: MeasuredRun): MeasuredRun["context"]["stated"]["baseline"] {
  const { baseline } = run.context.stated;
  return baseline !== null && contestOf(run)?.standsIn === true ? { ...baseline, value: null } : baseline;
}

/** A plain rule that stands above the system on the test. */
export interface PlainAbove {
  readonly level: RunFigure;
  /** Whether the difference of the two lies above zero with all of its interval; else they are not told apart. */
  readonly isSettled: boolean;
}

/** The plain rule beside the baseline that stands highest above the system on the test; undefined where none does. */
export function plainAbove(run: MeasuredRun): PlainAbove | undefined {
  const contest = contestOf(run);
  if (contest === undefined) return undefined;
  const { metric, system, plain } = contest;
  const of = (subject: string) => findFigure(run, { step: 5, name: metric, subject });
  const own = of(system);
  const level = plain
    .flatMap((one) => of(one) ?? [])
    .filter(({ value }) => own !== undefined && value > own.value)
    .sort((a, b) => b.value - a.value)
    .at(0);
  if (level === undefined) return undefined;
  const difference = differenceOf(run, { step: 5, name: metric, before: level.subject, after: system });
  const [, upper] = difference?.interval ?? [0, 0];
  return { level, isSettled: upper < 0 };
}
