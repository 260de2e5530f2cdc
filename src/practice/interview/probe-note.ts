/** Probes about one's own note: what its run measured beside what it claims, then what the reviewer found in it. */

import type { Figure } from "../../core/figure.ts";
import type { Finding } from "../../core/finding.ts";
import { isAboutAbsence } from "./absence.ts";
import { DIMENSION_NAMES, DIMENSIONS } from "./dimension.ts";
import type { Probe } from "./probe.ts";

/** What the note promises, as it is written. */
export interface NoteClaims {
  readonly latency?: { readonly percentile: string; readonly text: string; readonly seconds: number };
  readonly baseline?: { readonly metric: string; readonly value: number };
}

/** What a run says of the note: its figures, and the questions that it answers. */
export interface RunView {
  readonly figures: readonly (Pick<Figure, "name" | "subject" | "slice" | "value" | "unit"> & {
    readonly against?: string | undefined;
  })[];
  readonly ledger: readonly {
    readonly step: number;
    readonly question: string;
    readonly state: string;
    readonly verdict: string;
    readonly line: string;
  }[];
  readonly doubts: readonly { readonly step: number; readonly short: string; readonly text: string }[];
}

const MOST = 8;
const MOST_FROM_REVIEW = 4;
/** A measured baseline this much off the one in the note changes what the gain is worth. */
const APART = 1.25;

/** At most eight, those of the run first, and where little speaks against the note, what the strongest candidates add; `run` is undefined where the note was never run. */
export function probesOfNote(
  claims: NoteClaims,
  run: RunView | undefined,
  findings: readonly Finding[],
): readonly Probe[] {
  const measured =
    run === undefined ? [] : [...latencyProbe(claims, run), ...baselineProbe(claims, run), ...openAnswers(run)];
  const order = ["error", "warning", "advice"];
  const written = findings
    .filter(({ code }) => !code.startsWith("HP0"))
    .sort(
      (a, b) =>
        Number(isAboutAbsence(a.name)) - Number(isAboutAbsence(b.name)) ||
        order.indexOf(a.severity) - order.indexOf(b.severity),
    )
    .slice(0, MOST_FROM_REVIEW)
    .map(
      ({ code, name, message, why }): Probe => ({
        about: name,
        question: `Section ${code[2]}: ${message}.${why === undefined ? "" : ` Consider that ${why}.`} What do you say?`,
      }),
    );
  const doubts = (run?.doubts ?? []).map(
    ({ step, short, text }): Probe => ({
      about: `doubt: ${short}`,
      question: `Your run leaves a doubt at step ${step}: ${text} What would settle it?`,
    }),
  );
  const seen = new Set<string>();
  const all = [...measured, ...written, ...doubts, ...anchors()].filter(
    ({ about }) => !seen.has(about) && seen.add(about),
  );
  return all.slice(0, MOST);
}

function anchors(): readonly Probe[] {
  return DIMENSION_NAMES.map((name) => ({
    about: `beyond: ${name}`,
    question: `${DIMENSIONS[name].title}, as the strongest candidates show it: ${DIMENSIONS[name].anchors[2]}. What do you say to that for this design?`,
  }));
}

/** `You claim 80 ms at p99, your run measured 131 ms: which stage?` Measured in process: the network is not in it. */
function latencyProbe({ latency }: NoteClaims, { figures }: RunView): readonly Probe[] {
  if (latency === undefined) return [];
  const name = `latency ${latency.percentile}`;
  const own = figures.filter(
    (one) => one.name === name && one.slice === "all" && one.against === undefined && one.unit === "s",
  );
  const whole = own.find(({ subject }) => subject === "request");
  if (whole === undefined) return [];
  const [slowest] = own
    .filter(({ subject, value }) => subject !== "request" && value <= whole.value)
    .sort((a, b) => b.value - a.value);
  // A stage whose own p99 is above that of the whole was slow in other requests: it explains nothing.
  const claim = `You claim ${latency.text} at ${latency.percentile}, your run measured ${milliseconds(whole.value)} without the network`;
  const stage =
    slowest === undefined ? "" : ` The slowest stage, ${slowest.subject}, alone takes ${milliseconds(slowest.value)}.`;
  const question =
    whole.value > latency.seconds
      ? `${claim}: which stage takes it, and what would you give up there?${stage}`
      : `${claim}.${stage} What eats the rest of the limit in production, and what happens at the peak?`;
  return [{ about: "run: latency", question }];
}

function baselineProbe({ baseline }: NoteClaims, { figures }: RunView): readonly Probe[] {
  if (baseline === undefined) return [];
  const measured = figures.find(
    ({ name, subject, slice, against }) =>
      name === baseline.metric && subject === "baseline" && slice === "all" && against === undefined,
  );
  if (measured === undefined) return [];
  const factor = measured.value / baseline.value;
  if (factor > 1 / APART && factor < APART) return [];
  const [value, written] = [measured.value, baseline.value].map((one) => Number(one.toPrecision(3)));
  return [
    {
      about: "run: baseline",
      question: `Your note has a baseline of ${written} ${baseline.metric}, your run measured ${value}. Which one is your gain held against, and where does the other come from?`,
    },
  ];
}

/** Questions that the run answers with no, or not yet. */
function openAnswers({ ledger }: RunView): readonly Probe[] {
  return ledger
    .filter(({ state }) => state === "bad" || state === "open")
    .map(({ question, verdict, line }) => ({
      about: `run: ${question}`,
      question: `“${question}” Your run says: ${verdict}${line === "" ? "" : `, ${line}`}. What do you do about it?`,
    }));
}

/** Three digits, in milliseconds. */
function milliseconds(seconds: number): string {
  return `${Number((1000 * seconds).toPrecision(3))} ms`;
}
