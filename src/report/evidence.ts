/** The evidence that a run leaves in its note: a short line per step, with the figures that answer it. */

import { formatFigure, formatValue } from "../core/format-figure.ts";
import type { RunRecord } from "../system/run-record.ts";
import { remarkBlocks } from "./remark-blocks.ts";

export interface EvidenceLine {
  readonly step: number;
  readonly text: string;
}

/** What of a record the lines read. */
type Measured = Pick<RunRecord, "data" | "seed" | "figures" | "remarks" | "alerts">;

/** One line for each step that measured something. Simulated data is called so in every line. */
export function evidenceLines(record: Measured): EvidenceLine[] {
  const source = record.data.simulated ? "simulated data" : record.data.source;
  return [3, 4, 5, 6, 7].flatMap((step) => {
    const parts = step === 7 ? alertParts(record) : figureParts(record, step);
    return parts.length === 0
      ? []
      : [{ step, text: `*Measured on ${source}, seed ${record.seed}:* ${parts.join("; ")}.` }];
  });
}

type RecordFigure = RunRecord["figures"][number];

/** Names that say most about a step, in the order in which they are told. */
const TELLING: Readonly<Record<number, readonly string[]>> = {
  4: ["model bytes"],
  6: ["latency p99", "sample size", "days needed"],
};

const MOST_PARTS = 6;

function figureParts({ figures, remarks }: Measured, step: number): string[] {
  if (step === 5) {
    const answers = remarks.filter((remark) => remark.step === 5 && remark.kind === "answer");
    return answers.slice(0, 2).map(({ text }) => proseOf(text).replace(/\.$/u, ""));
  }
  const whole = figures.filter(
    (figure) => figure.step === step && figure.slice === "all" && figure.against === undefined,
  );
  if (step === 3)
    return whole
      .filter(({ role }) => role === "size")
      .slice(0, MOST_PARTS)
      .map(describe);
  const told = (TELLING[step] ?? []).flatMap((name) => whole.filter((figure) => figure.name === name));
  return told.slice(0, MOST_PARTS).map(describe);
}

/** A line has no room for what stands in fences. */
function proseOf(text: string): string {
  const prose = remarkBlocks(text).filter(({ kind }) => kind === "prose");
  return prose.map((block) => block.text).join(" ");
}

function describe(figure: RecordFigure): string {
  const of = ["data", "split", "experiment", "design"].includes(figure.subject) ? "" : ` of ${figure.subject}`;
  return `${figure.name}${of} ${formatFigure(figure)}`;
}

function alertParts({ alerts }: Measured): string[] {
  return alerts
    .filter((alert) => alert.step === 7 && alert.fires === true && alert.measured !== null)
    .map(
      ({ metric, condition, measured, unit }) =>
        `${metric} fires at ${formatValue({ value: measured ?? 0, unit })} (${condition})`,
    );
}
