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
  /** What it plans for each stage of a request, in seconds. */
  readonly budgets?: readonly { readonly stage: string; readonly seconds: number }[];
}

/** What a run says of the note: its figures, and the questions that it answers. */
export interface RunView {
  readonly figures: readonly (Pick<Figure, "name" | "subject" | "slice" | "value" | "unit" | "basis"> & {
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
    run === undefined
      ? []
      : [...latencyProbe(claims, run), ...budgetProbe(claims, run), ...baselineProbe(claims, run), ...openAnswers(run)];
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
      // The text goes on from its title: `It says 0.016` says nothing without it.
      question: `Your run leaves a doubt at step ${step}: ${short.replace(/\.$/u, "")}. ${text} What would settle it?`,
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

/** `You claim 80 ms at p99, your run measured 131 ms: which stage?` Measured in process: the network counts with what the note grants it. */
function latencyProbe({ latency }: NoteClaims, { figures }: RunView): readonly Probe[] {
  if (latency === undefined) return [];
  const name = `latency ${latency.percentile}`;
  const own = figures.filter(
    (one) => one.name === name && one.slice === "all" && one.against === undefined && one.unit === "s",
  );
  const whole = own.find(({ subject }) => subject === "request");
  if (whole === undefined) return [];
  const network = own.find(({ subject, basis }) => subject === "network" && basis === "granted")?.value ?? 0;
  const total = whole.value + network;
  const claim =
    network === 0
      ? `You claim ${latency.text} at ${latency.percentile}, your run measured ${milliseconds(whole.value)} without the network`
      : `You claim ${latency.text} at ${latency.percentile}, your run measured ${milliseconds(whole.value)}, and with the ${milliseconds(network)} that you grant the network that is ${milliseconds(total)}`;
  const stage = slowestStage(
    own.filter(({ subject, basis }) => subject !== "request" && basis === undefined),
    whole.value,
  );
  const question =
    total > latency.seconds
      ? `${claim}: which stage takes it, and what would you give up there?${stage}`
      : `${claim}.${stage} What eats the rest of the limit in production, and what happens at the peak?`;
  return [{ about: "run: latency", question }];
}

/** Each stage was measured apart from the whole: where the slowest took longer alone than the whole did, none is named for it. */
function slowestStage(stages: readonly RunView["figures"][number][], whole: number): string {
  const [slowest, next] = [...stages].sort((a, b) => b.value - a.value);
  if (slowest === undefined || slowest.value > whole) return "";
  const time = milliseconds(slowest.value);
  if (next !== undefined && milliseconds(next.value) === time)
    return ` The slowest stages, ${slowest.subject} and ${next.subject}, alone take ${time} each.`;
  return ` The slowest stage, ${slowest.subject}, alone takes ${time}.`;
}

/** Stages that took more than the note plans for them, whatever the request as a whole took. */
function budgetProbe({ budgets = [] }: NoteClaims, { figures }: RunView): readonly Probe[] {
  const over = budgets.flatMap(({ stage, seconds }) => {
    const measured = figures.find(
      ({ name, subject, slice, against, unit, basis }) =>
        name === "latency p99" &&
        subject === stage &&
        slice === "all" &&
        against === undefined &&
        unit === "s" &&
        basis === undefined,
    );
    return measured === undefined || measured.value <= seconds
      ? []
      : [`${stage} took ${milliseconds(measured.value)} of its ${milliseconds(seconds)}`];
  });
  if (over.length === 0) return [];
  return [
    {
      about: "run: budgets",
      question: `At p99 your run was over what the note plans for a stage: ${over.join(", ")}. Whose time is that, and which number do you change?`,
    },
  ];
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
