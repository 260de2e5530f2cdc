/** What to do next and what not to believe yet, each from a verdict of the run: nothing is recommended that no shown gain supports. */

import { capital } from "../../core/capital.ts";
import { wasQuiet } from "../../core/processor-share.ts";
import { compareSystems, halfWidth, unitsForHalfWidth } from "../../core/verdict.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { Advice } from "../../system/run-summary.ts";
import { contestOf, differenceOf, findFigure } from "../figures.ts";
import { levelOf } from "../levels.ts";
import { factorWords, gapOf, joined, plain, roughly, statedTime } from "../numbers.ts";
import { besideEstimates } from "./beside-estimates.ts";
import { unitWord } from "./better-than-baseline.ts";
import { clauseFigures, clauseWords, whatSettles } from "./clause-words.ts";
import { experimentGains } from "./does-it-help-online.ts";
import { doesTheRolloutHold } from "./does-the-rollout-hold.ts";
import { BUSY, busyWords, requestLatency } from "./fast-enough.ts";
import { successOf } from "./success.ts";
import { compressedParts } from "./what-survives-compression.ts";

type Remark = MeasuredRun["remarks"][number];

/** Remarks of kinds next and doubt that only a look over all steps can make. Stages leave their own beside them. */
export function adviceRemarks(run: MeasuredRun): Remark[] {
  return [
    ...onRealData(run),
    ...onTheGain(run),
    ...onSuccess(run),
    ...onCompression(run),
    ...onTheCeiling(run),
    ...onLatency(run),
    ...onOnlineGain(run),
    ...onTheNote(run),
    ...onTheRollout(run),
    ...onColdStart(run),
    ...onAlerts(run),
    ...onFindings(run),
    ...besideEstimates(run),
  ];
}

/** The first of each kind, by rank; of two that say the same one stays. */
export function firstOf(remarks: readonly Remark[], kind: "next" | "doubt", most: number): Advice[] {
  const seen = new Set<string>();
  return remarks
    .filter((remark) => remark.kind === kind)
    .map((remark, at) => ({ remark, at }))
    .sort((a, b) => (a.remark.rank ?? USUAL_RANK) - (b.remark.rank ?? USUAL_RANK) || a.at - b.at)
    .map(({ remark: { step, text, short, command } }) => ({
      step,
      short: short ?? firstWords(text),
      text: short === undefined ? restOf(text) : text,
      command: command ?? "",
    }))
    .filter(({ short }) => {
      if (seen.has(short)) return false;
      seen.add(short);
      return true;
    })
    .slice(0, most);
}

const USUAL_RANK = 50;

function next(step: number, rank: number, short: string, text: string, command?: string): Remark {
  return { step, kind: "next", rank, short, text, ...(command === undefined ? {} : { command }) };
}

function doubt(step: number, rank: number, short: string, text: string): Remark {
  return { step, kind: "doubt", rank, short, text };
}

function onRealData({ data, design }: MeasuredRun): Remark[] {
  if (!data.simulated) return [];
  return [
    next(
      3,
      1,
      "Run it on your own log",
      "Every figure here is of a simulated world.",
      `heptad run ${design} --data PATH`,
    ),
    doubt(3, 1, "Anything about people", "The world is simulated, and nobody real did any of this."),
  ];
}

function onTheGain(run: MeasuredRun): Remark[] {
  const contest = contestOf(run);
  if (contest === undefined) return [];
  const { metric, baseline, system, isUnchosen } = contest;
  if (findFigure(run, { step: 5, name: metric, subject: baseline }) === undefined)
    return [
      next(
        5,
        2,
        "Find something to test on",
        `There was nothing to measure ${metric} on: more people, more wanted events, or a longer test.`,
      ),
    ];
  if (isUnchosen)
    return [
      next(
        5,
        2,
        "Find something to choose on",
        `There was nothing to measure ${metric} on before the test, so nothing could be chosen over the baseline: a longer history, or a shorter test.`,
      ),
    ];
  if (system === baseline)
    return [next(5, 2, "Keep the baseline", "Nothing beat it on validation, so nothing else was chosen.")];
  const difference = differenceOf(run, { step: 5, name: metric, before: baseline, after: system });
  if (difference === undefined) return [];
  const { verdict, units } = compareSystems(difference);
  const remarks: Remark[] = [];
  const size = `${metric} ${joined(gapOf(difference))}`;
  if (verdict === "not told apart") {
    const more =
      units === null
        ? ""
        : ` ${roughly(units)} ${unitWord(run)} would tell them apart at power 0.8, if the difference stays.`;
    remarks.push(next(5, 2, "Keep the baseline", `No gain is shown: ${size}.${sentence(more)}`));
    const why = difference.interval === null ? `too few ${unitWord(run)} for an interval` : "zero lies inside";
    remarks.push(doubt(5, 3, "That anything is gained", `${size}: ${why}.`));
  }
  if (verdict === "worse") remarks.push(next(5, 2, "Keep the baseline", `The system is worse: ${size}.`));
  const asked = run.context.stated.halfWidth;
  const half = halfWidth(difference.interval);
  if (asked !== null && half !== null && half > asked) {
    const wanted = unitsForHalfWidth(difference, asked);
    remarks.push(
      doubt(
        5,
        12,
        "The gain's second digit",
        `It is known to ±${plain(Number(half.toPrecision(2)), "")}; section 5 asks for ±${asked}.${wanted === null ? "" : ` That takes ${roughly(wanted)} ${unitWord(run)}.`}`,
      ),
    );
  }
  return remarks;
}

/** Better than a weak baseline is not yet what the note set out for. */
function onSuccess(run: MeasuredRun): Remark[] {
  const success = successOf(run);
  if (success === undefined || success.verdict === "reached") return [];
  const { metric, from, pair, verdict } = success;
  const text = `${metric} is ${joined(pair)}; the note counts from ${from}.`;
  return verdict === "missed"
    ? [doubt(2, 3, "That this is a success", text)]
    : [doubt(2, 9, "Whether it is a success", `${text.slice(0, -1)}: not settled.`)];
}

/** A part that was kept may be taken; one that was not may not. Nothing is taken for a system that gains nothing. */
function onCompression(run: MeasuredRun): Remark[] {
  const contest = contestOf(run);
  const parts = compressedParts(run);
  const gained = contest !== undefined && contest.system !== contest.baseline && isGain(run, contest);
  const kept = parts.filter(({ alert }) => alert.verdict === "kept");
  const open = parts.filter(({ alert }) => alert.verdict === "not settled");
  const remarks: Remark[] = [];
  const smallest = [...kept].sort((a, b) => (b.factor ?? 0) - (a.factor ?? 0)).at(0);
  if (gained && smallest !== undefined) {
    const settle = open
      .filter(({ alert: { unitsToSettle, n } }) => unitsToSettle !== null && n !== null && unitsToSettle <= 100 * n)
      .map(({ alert, subject }) => `${capital(whatSettles(alert, unitWord(run), subject))}.`)
      .at(0);
    // `The rest` is what was not kept: where others keep theirs too, they are named.
    const leave = kept.length === parts.length || kept.length > 1 ? "" : "; leave the rest";
    const others = kept.filter((one) => one !== smallest).map(({ subject }) => subject);
    const also = others.length === 0 ? "" : `; so does that of ${others.join(", of ")}`;
    const why = `Its whole interval keeps the clause${also}.`;
    remarks.push(next(5, 5, `Take ${smallest.subject}${leave}`, settle ?? why));
  } else if (open.length > 0) {
    const [{ alert, subject }] = open;
    const settle = whatSettles(alert, unitWord(run));
    if (settle !== "") remarks.push(next(5, 20, `Test ${subject} on more`, `${sentence(settle).trim()}.`));
  }
  for (const { alert, subject } of open.slice(0, 1))
    remarks.push(
      doubt(
        5,
        10,
        `That ${subject} keeps to its limit`,
        `Drop of ${alert.metric.split(" of ")[0]} ${clauseFigures(alert)}: not settled.`,
      ),
    );
  return remarks;
}

function isGain(run: MeasuredRun, { metric, baseline, system }: NonNullable<ReturnType<typeof contestOf>>): boolean {
  const difference = differenceOf(run, { step: 5, name: metric, before: baseline, after: system });
  return difference !== undefined && compareSystems(difference).verdict === "better";
}

/** Where quality is lost: in what is found, or in its order. No stage is named, for a plan may order in the stage that finds. */
function onTheCeiling(run: MeasuredRun): Remark[] {
  const contest = contestOf(run);
  const ceiling = run.figures.find((one) => one.step === 5 && one.name === `${contest?.metric} ceiling`);
  const own =
    contest === undefined ? undefined : findFigure(run, { step: 5, name: contest.metric, subject: contest.system });
  if (ceiling === undefined || own === undefined || contest === undefined) return [];
  const unused = ceiling.value - own.value;
  const lost = 1 - ceiling.value;
  const text = `The candidates would allow ${contest.metric} ${levelOf(run, ceiling).value}; the system makes ${levelOf(run, own).value} of it.`;
  return [
    unused >= lost
      ? next(4, 15, "Work on the order of the candidates, not on finding more", text)
      : next(4, 15, "Work on finding candidates, not on their order", text),
  ];
}

function onLatency(run: MeasuredRun): Remark[] {
  const latency = requestLatency(run);
  const busy = findFigure(run, { step: 6, name: "utilization at peak" })?.value;
  const remarks: Remark[] = [];
  const isBeyond = latency !== undefined && latency.limit !== null && latency.p99 + latency.network > latency.limit;
  // Nothing is asked of the code for a time that the machine may have taken.
  if (latency !== undefined && !wasQuiet(latency.processorShare)) {
    if (!isBeyond && (busy === undefined || busy <= BUSY)) return [];
    return [
      doubt(6, 4, "How slow a request is", busyWords(latency.processorShare)),
      next(6, 4, "Measure the latency again", "On a machine that does nothing else."),
    ];
  }
  if (latency !== undefined && latency.limit !== null && latency.p99 + latency.network > latency.limit)
    remarks.push(
      next(
        6,
        3,
        "Make a request faster",
        `p99 ${plain(latency.p99 + latency.network, "s")} of ${statedTime(latency.limit)}.`,
      ),
    );
  if (busy !== undefined && busy > BUSY) {
    const replicas = run.context.stated.replicas;
    const enough = replicas === null ? undefined : Math.ceil((replicas * busy) / BUSY);
    remarks.push(
      next(
        6,
        4,
        enough === undefined ? "Add replicas" : `Write \`replicas: ${enough}\``,
        `At the peak ${replicas ?? "the"} replicas are ${plain(busy, "share")} busy by what was measured; queues grow beyond ${BUSY * 100}%.`,
      ),
    );
  }
  return remarks;
}

/** Offline and online beside each other: the size of a gain is believed only where the two agree. */
function onOnlineGain(run: MeasuredRun): Remark[] {
  const gains = experimentGains(run);
  if (gains?.offline === undefined) return [];
  const { online, offline, truth } = gains;
  if (online.interval === null || offline.interval === null) return [];
  const apart = offline.interval[0] > online.interval[1] || online.interval[0] > offline.interval[1];
  if (!apart) return [];
  const known = truth === undefined ? "" : `, its truth ${gapOf(truth).value}`;
  return [
    doubt(
      6,
      2,
      "The size of the gain",
      `Offline says ${gapOf(offline).value}, the simulated test ${gapOf(online).value}${known}.`,
    ),
  ];
}

/** The note's own numbers held against the run's. */
function onTheNote(run: MeasuredRun): Remark[] {
  const { baseline, businessMetric, onlineMetrics, experimentMetric } = run.context.stated;
  const contest = contestOf(run);
  const remarks: Remark[] = [];
  const base =
    contest === undefined ? undefined : findFigure(run, { step: 5, name: contest.metric, subject: contest.baseline });
  if (
    baseline?.value != null &&
    base?.interval != null &&
    (baseline.metric === "" || baseline.metric === contest?.metric)
  ) {
    const [low, high] = base.interval;
    if (baseline.value < low || baseline.value > high) {
      const factor = base.value / baseline.value;
      const words = factor >= 1 ? `${factorWords(factor)} what the note says` : "less than the note says";
      remarks.push(
        doubt(
          2,
          6,
          "The note's baseline",
          `It says ${baseline.value}; measured is ${joined(levelOf(run, base))}, ${words}.`,
        ),
      );
      remarks.push(
        next(
          2,
          25,
          "Write the baseline as measured",
          `\`baseline: { value: ${Number(base.value.toPrecision(2))} }\` in section 2.`,
        ),
      );
    }
  }
  const wanted = businessMetric ?? onlineMetrics.at(0);
  if (wanted !== undefined && experimentMetric !== null && plainName(wanted) !== plainName(experimentMetric))
    remarks.push(
      doubt(
        6,
        14,
        "That the experiment decides the goal",
        `The goal is ${wanted}; the experiment decides on ${experimentMetric}.`,
      ),
    );
  return remarks;
}

/** An alert that settles nothing, or whose verdict rests on a part of what was measured; once, however many conditions rest on it. */
function onAlerts(run: MeasuredRun): Remark[] {
  const doubtful = run.alerts.filter(
    ({ step, kind, verdict, doubt: why }) =>
      step === 7 && kind === "alert" && (verdict === "not settled" || why !== undefined),
  );
  return doubtful
    .filter(({ metric }, at) => doubtful.findIndex((one) => one.metric === metric) === at)
    .map((alert) => doubt(7, 8, `The alert on ${alert.metric}`, alert.doubt ?? unsettled(alert)));
}

function unsettled(alert: MeasuredRun["alerts"][number]): string {
  const { n, interval, note } = alert;
  if (interval === null) return `Not settled: ${note}.`;
  return `${capital(clauseWords(alert))}${n === null ? "" : `, n ${n.toLocaleString("en-US")}`}: not settled.`;
}

/** The slice of requests of which no model knows anything: a member's first visit. */
const FIRST_VISIT = "no history at all";

/** What to serve before a first event, from that slice and from no other. Nothing is said where both lists are the same. */
function onColdStart(run: MeasuredRun): Remark[] {
  const contest = contestOf(run);
  if (contest === undefined || !isGain(run, contest)) return [];
  const { metric, baseline, system } = contest;
  const first = differenceOf(run, { step: 5, name: metric, before: baseline, after: system, slice: FIRST_VISIT });
  if (first?.interval == null || first.n === null || (first.interval[0] === 0 && first.interval[1] === 0)) return [];
  const size = `Without any history, ${first.n.toLocaleString("en-US")} requests: ${metric} ${joined(gapOf(first))}`;
  const { verdict, units } = compareSystems(first);
  if (verdict === "better")
    return [next(5, 22, "Serve newcomers the system too", `${size}, better than the baseline.`)];
  if (verdict === "worse") return [next(5, 7, "Serve newcomers the baseline", `${size}, worse than the baseline.`)];
  const more = units === null ? "" : ` ${capital(roughly(units))} would tell at power 0.8.`;
  return [next(5, 22, "Serve newcomers whatever is cheaper", `${size}, not told apart.${more}`)];
}

function onTheRollout(run: MeasuredRun): Remark[] {
  const row = doesTheRolloutHold(run);
  return row.verdict === "stopped" ? [next(6, 3, "Mend what stopped the rollout", `${capital(row.line)}.`)] : [];
}

/** An error of the review that makes figures false: what the note would have measured is false, whatever this run did instead. */
function onFindings(run: MeasuredRun): Remark[] {
  const errors = run.findings.filter(
    ({ consequence, severity, name }) =>
      consequence === "false-figures" && severity === "error" && !name.startsWith("missing-"),
  );
  const [first] = errors;
  if (first === undefined) return [];
  const more = errors.length === 1 ? "" : `, and ${errors.length - 1} more`;
  const step = Number(first.code.charAt(2));
  return [
    doubt(
      step,
      0,
      `The note's figures, for ${first.name.replaceAll("-", " ")}`,
      `${capital(first.message)} (${first.code}, line ${first.line}${more}).`,
    ),
    next(
      step,
      0,
      `Mend ${first.code} in line ${first.line}`,
      `${capital(first.message)}.`,
      `heptad check ${run.design}`,
    ),
  ];
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, " ")
    .trim();
}

/** A remark that has no short form is called by its first clause, or by the first eight words of that. */
const MOST_WORDS = 8;

function firstWords(text: string): string {
  const words = clauseOf(text).replaceAll(/[*`]/gu, "").split(" ");
  return capital(words.length <= MOST_WORDS ? words.join(" ") : `${words.slice(0, MOST_WORDS).join(" ")} …`);
}

/** What stands behind the first clause; all of it where the clause was cut, by its length or inside what is set as code. */
function restOf(text: string): string {
  const clause = clauseOf(text);
  const isCut = clause.split(" ").length > MOST_WORDS || (clause.match(/`/gu)?.length ?? 0) % 2 === 1;
  return capital(isCut ? text : text.slice(clause.length + 1).trim());
}

function clauseOf(text: string): string {
  return text.split(/[:;.](?:\s|$)/u, 1)[0];
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" ? "" : ` ${capital(trimmed)}`;
}
