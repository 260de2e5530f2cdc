/** A run in seven sections: for each step its question, its answers, its figures as tables, its charts, its alerts and what to do next. */

import type { Chart } from "../core/chart.ts";
import { type Figure, type StepNumber, subjectText } from "../core/figure.ts";
import { formatFigure } from "../core/format-figure.ts";
import type { RunRecord } from "../system/run-record.ts";
import type { Remark } from "../system/stage.ts";
import type { RunAlert } from "./figures.ts";

/** What each step asks, in the words of an interviewer. */
export const STEP_QUESTIONS: Readonly<Record<StepNumber, { readonly title: string; readonly question: string }>> = {
  1: {
    title: "Clarify requirements and goals",
    question: "What must it do, for how many, how fast, and for how much?",
  },
  2: { title: "Frame the ML problem", question: "What exactly is predicted, and what does it have to beat?" },
  3: {
    title: "Data engineering and feature pipeline",
    question: "What is known, and what was known at the moment of the prediction?",
  },
  4: { title: "Model selection and architecture", question: "Which models, in which order, and what does each cost?" },
  5: {
    title: "Training, offline evaluation and optimization",
    question: "Is it better than the baseline, by how much, and what survives compression?",
  },
  6: { title: "Deployment and online evaluation", question: "Is it fast enough, and how will one know that it helps?" },
  7: { title: "Monitoring and continuous improvement", question: "What will go wrong first, and who will notice?" },
};

export interface ReportTable {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ReportSection {
  readonly step: StepNumber;
  readonly title: string;
  readonly question: string;
  readonly answers: readonly string[];
  readonly remarks: readonly Remark[];
  readonly tables: readonly ReportTable[];
  readonly charts: readonly Chart[];
  readonly alerts: readonly RunAlert[];
  readonly next: readonly string[];
  readonly seconds: number;
  readonly cached: boolean;
}

const STEP_NUMBERS: readonly StepNumber[] = [1, 2, 3, 4, 5, 6, 7];

export function reportSections(
  record: RunRecord,
  charts: readonly { step: StepNumber; chart: Chart }[],
): ReportSection[] {
  return STEP_NUMBERS.map((step) => {
    const remarks = record.remarks.filter((remark) => remark.step === step);
    const stages = record.steps.filter((one) => one.step === step);
    return {
      step,
      ...STEP_QUESTIONS[step],
      answers: remarks.filter(({ kind }) => kind === "answer").map(({ text }) => text),
      remarks: remarks.filter(({ kind }) => kind !== "answer" && kind !== "next"),
      tables: figureTables(record.figures.filter((figure) => figure.step === step)),
      charts: charts.filter((one) => one.step === step).map(({ chart }) => chart),
      alerts: record.alerts.filter((alert) => alert.step === step),
      next: remarks.filter(({ kind }) => kind === "next").map(({ text }) => text),
      seconds: stages.reduce((sum, one) => sum + one.seconds, 0),
      cached: stages.length > 0 && stages.every((one) => one.cached),
    };
  });
}

type RecordFigure = RunRecord["figures"][number];

/** Figures that several subjects share become a table of subjects by names, one per slice group; the rest a list. */
function figureTables(figures: readonly RecordFigure[]): ReportTable[] {
  return groupFigures(figures).map(withoutEmptyColumns);
}

function withoutEmptyColumns({ title, header, rows }: ReportTable): ReportTable {
  const isUsed = header.map((_, i) => rows.some((row) => row[i] !== ""));
  const keep = (cells: readonly string[]): string[] => cells.filter((_, i) => isUsed[i]);
  return { title, header: keep(header), rows: rows.map(keep) };
}

function groupFigures(figures: readonly RecordFigure[]): ReportTable[] {
  const tables: ReportTable[] = [];
  const differences = figures.filter(({ against }) => against !== undefined);
  const plain = figures.filter(({ against }) => against === undefined);
  const whole = plain.filter(({ slice }) => slice === "all");
  const shared = new Set(
    whole.map(({ name }) => name).filter((name) => whole.filter((one) => one.name === name).length > 1),
  );
  const pivoted = whole.filter(({ name }) => shared.has(name));
  const single = whole.filter(({ name }) => !shared.has(name));
  if (single.length > 0) tables.push(listTable("Figures", single));
  if (pivoted.length > 0) tables.push(...pivotTables("Side by side", pivoted, ({ subject }) => [subject], ["subject"]));
  if (differences.length > 0) tables.push(listTable("Paired differences", differences, true));
  const sliced = plain.filter(({ slice }) => slice !== "all");
  if (sliced.length > 0)
    tables.push(...pivotTables("By slice", sliced, ({ slice, subject }) => [slice, subject], ["slice", "subject"]));
  return tables;
}

function listTable(title: string, figures: readonly RecordFigure[], withSlice = false): ReportTable {
  const hasNotes = figures.some(({ note }) => note !== "");
  const hasSubjects = figures.some(({ subject }) => subject !== "design" && subject !== "all");
  const slices = withSlice && figures.some(({ slice }) => slice !== "all");
  return {
    title,
    header: [
      "figure",
      ...(hasSubjects ? ["of"] : []),
      ...(slices ? ["slice"] : []),
      "value",
      "n",
      ...(hasNotes ? ["note"] : []),
    ],
    rows: figures.map((figure) => [
      figure.name,
      ...(hasSubjects ? [subjectText(figure)] : []),
      ...(slices ? [figure.slice] : []),
      formatFigure(figure),
      countOf(figure),
      ...(hasNotes ? [figure.note] : []),
    ]),
  };
}

/** Names that the same subjects share stand in one table; wide tables are cut so that a page can hold them. */
function pivotTables(
  title: string,
  figures: readonly RecordFigure[],
  rowOf: (figure: RecordFigure) => string[],
  header: readonly string[],
): ReportTable[] {
  const groups = groupNames(figures, (figure) => rowOf(figure).join("\u0000"));
  return groups
    .flatMap((group) => chunk(group, COLUMNS_A_TABLE))
    .map((group) => {
      const inGroup = figures.filter(({ name }) => group.includes(name));
      const rows = new Map<string, RecordFigure[]>();
      for (const figure of inGroup) {
        const key = rowOf(figure).join("\u0000");
        rows.set(key, [...(rows.get(key) ?? []), figure]);
      }
      return {
        title,
        header: [...header, ...group, "n"],
        rows: [...rows.values()].map((row) => [
          ...rowOf(row[0]),
          ...group.map((name) => {
            const figure = row.find((one) => one.name === name);
            return figure === undefined ? "" : formatFigure(figure);
          }),
          countOf(row[0]),
        ]),
      };
    });
}

/** Names whose rows are the same, or a part of each other's, stand in one table. */
function groupNames(figures: readonly RecordFigure[], keyOf: (figure: RecordFigure) => string): string[][] {
  const groups: { readonly names: string[]; rows: Set<string> }[] = [];
  for (const name of new Set(figures.map((figure) => figure.name))) {
    const rows = new Set(figures.filter((figure) => figure.name === name).map(keyOf));
    const home = groups.find((group) => isSubset(rows, group.rows) || isSubset(group.rows, rows));
    if (home === undefined) groups.push({ names: [name], rows });
    else {
      home.names.push(name);
      home.rows = new Set([...home.rows, ...rows]);
    }
  }
  return groups.map(({ names }) => names);
}

function isSubset(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].every((key) => other.has(key));
}

const COLUMNS_A_TABLE = 5;

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

function countOf({ n }: Pick<Figure, "n">): string {
  return n === null ? "" : n.toLocaleString("en-US");
}
