/** The stage that serves payments of the test days as production would, sends hostile ones between them, and looks whether any later decision changes. */

import type { Chart } from "../../core/chart.ts";
import { type Figure, figure } from "../../core/figure.ts";
import { formatNumber } from "../../core/format-figure.ts";
import { readsLabel } from "../../steps/3-data/features/label-delay.ts";
import { decidingTrees } from "../../steps/5-evaluate/protocols/deciding-model.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../system/stage.ts";
import { HOSTILE_KINDS, type HostileKind } from "./hostile-payments.ts";
import {
  createPaymentDecider,
  type PaymentDeciderParts,
  type PaymentDecision,
  type RestorableDecider,
} from "./payment-decision.ts";
import type { IncomingPayment, PaymentLabel } from "./payment-state.ts";
import {
  openArrivals,
  openServedPayments,
  paymentAt,
  type ServedPayments,
  type ServedPlan,
  servedInputs,
} from "./served-payments.ts";
import { openServedDecider, SERVED_STATE_STAGE } from "./served-state-stage.ts";
import { LABEL } from "./transactions.ts";

const DECISION_PATH_STAGE = "decision-path";

/** Payments that are served at most, and how many lie between two hostile ones. */
const SERVED = 10_000;
const BETWEEN = 25;

export function decisionPathStage(plan: ServedPlan): Stage {
  return stage({
    name: DECISION_PATH_STAGE,
    step: 6,
    title: "deciding about payments, hostile ones among them",
    inputs: [...servedInputs(plan), SERVED_STATE_STAGE],
    data: NO_FILES,
    plan,
    run: serve,
  });
}

/** What became of one kind. */
interface Tally {
  readonly kind: HostileKind;
  sent: number;
  byRules: number;
  reviewed: number;
  /** Not taken for what they are. */
  mistaken: number;
  /** Decisions about honest payments between this kind and the next, and those that are not the same without it. */
  later: number;
  changed: number;
}

interface Served {
  readonly decisions: readonly PaymentDecision[];
  readonly tallies: readonly Tally[];
}

async function serve(plan: ServedPlan, { input }: Pick<StageContext, "input">): Promise<StageResult> {
  const payments = await openServedPayments(plan, input);
  const paths = [
    await openServedDecider(payments.parts, input),
    await openServedDecider(payments.parts, input),
  ] as const;
  const served = serveBoth(plan, payments, paths);
  return stageResult({
    figures: tallyFigures(served.tallies),
    remarks: pathRemarks(served, decidingTrees(plan).subject),
    charts: reasonsChart(served.decisions),
  });
}

/** The same payments down two paths: one is left in peace, one meets hostile payments, and is restored from its snapshot halfway. */
function serveBoth(
  plan: ServedPlan,
  { parts, transactions, final }: ServedPayments,
  [calm, other]: readonly [RestorableDecider, RestorableDecider],
): Served {
  let tried = other;
  const arrived = openArrivals(plan.declarations, transactions, final.test[0]);
  const decisions: PaymentDecision[] = [];
  const tallies: Tally[] = kindsFor(plan).map((kind) => ({
    kind,
    sent: 0,
    byRules: 0,
    reviewed: 0,
    mistaken: 0,
    later: 0,
    changed: 0,
  }));
  let newest: Tally | undefined;
  let row = final.test[0];
  for (const [at, judged] of final.test.subarray(0, SERVED).entries()) {
    // Payments of cards that are blocked are not decided about, but they happened.
    for (; row < judged; row++) for (const path of [calm, tried]) path.state.take(paymentAt(transactions, row));
    for (const label of arrived(judged)) for (const path of [calm, tried]) path.label(label);
    const payment = paymentAt(transactions, row++);
    const decision = calm.decide(payment);
    const isSame = JSON.stringify(tried.decide(payment)) === JSON.stringify(decision);
    decisions.push(decision);
    if (newest !== undefined) {
      newest.later++;
      if (!isSame) newest.changed++;
    }
    if (at === Math.floor(Math.min(SERVED, final.test.length) / 2)) tried = restored(parts, tried);
    if (at % BETWEEN !== BETWEEN - 1) continue;
    newest = tallies[Math.floor(at / BETWEEN) % tallies.length];
    const hostile = newest.kind.make(payment, at);
    send(newest, hostile, tried);
    // What is taken has to be known on both paths.
    if (newest.kind.fault === undefined && !("fraud" in hostile)) calm.decide(hostile);
  }
  return { decisions, tallies: tallies.filter(({ sent }) => sent > 0) };
}

/** Where no feature sees labels, there is nothing that a label could be wrong about. */
function kindsFor({ declarations }: ServedPlan): readonly HostileKind[] {
  return HOSTILE_KINDS.filter(
    ({ fault }) => fault !== "unknown-event" || declarations.some((one) => readsLabel(one, LABEL)),
  );
}

function restored(parts: PaymentDeciderParts, from: RestorableDecider): RestorableDecider {
  const decider = createPaymentDecider(parts);
  decider.restore(from.save());
  return decider;
}

function send(tally: Tally, hostile: IncomingPayment | PaymentLabel, path: RestorableDecider): void {
  tally.sent++;
  if ("fraud" in hostile) {
    if (path.label(hostile) !== tally.kind.fault) tally.mistaken++;
    return;
  }
  const { decision, by, reasons } = path.decide(hostile);
  const fault = by === "rules" || reasons[0] === "duplicate" ? reasons[0] : undefined;
  if (fault !== tally.kind.fault) tally.mistaken++;
  if (by === "rules") tally.byRules++;
  if (decision === "review") tally.reviewed++;
}

function tallyFigures(tallies: readonly Tally[]): Figure[] {
  return tallies.flatMap(({ kind, sent, byRules, reviewed, later, changed }) => {
    const add = (name: string, value: number, unit: string, note: string): Figure =>
      figure({ step: 6, name, subject: kind.name, value, unit, n: sent, note });
    const isLabel = kind.fault === "unknown-event";
    const decided = [
      add("decided by rules", byRules / sent, "share", "the others by the model, as when it came first"),
      add("sent to review", reviewed / sent, "share", "a payment that makes no sense is looked at by a person"),
    ];
    return [
      ...(isLabel ? [] : decided),
      add("later decisions", later, "", "honest payments until the next hostile one"),
      add("later decisions changed", changed, "", "against a path that never met the hostile ones"),
    ];
  });
}

/** The trees of the note decide, whichever model the evaluation chose: only they give reasons. */
function pathRemarks({ decisions, tallies }: Served, trees: string): Remark[] {
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, one) => total + of(one), 0);
  const reviews = decisions.filter(({ decision }) => decision === "review").length;
  const path = `Of ${formatNumber(decisions.length)} payments of the test days served as production would and judged by the trees of \`${trees}\`, ${formatNumber(reviews)} went to review, each with the features that raised its score most.`;
  if (tallies.length === 0) return [{ kind: "answer", text: path }];
  const [sent, later, changed] = [sum((one) => one.sent), sum((one) => one.later), sum((one) => one.changed)];
  const mistaken = sum((one) => one.mistaken);
  const named = mistaken === 0 ? "All" : `All but ${formatNumber(mistaken)}`;
  const hostile = `${formatNumber(sent)} hostile payments and labels came between them. ${named} were named for what they are and counted; **${formatNumber(changed)} of ${formatNumber(later)}** later decisions changed, a restart from the snapshot included.`;
  return [
    { kind: "answer", text: path },
    { kind: changed + mistaken === 0 ? "answer" : "warning", text: hostile },
  ];
}

function reasonsChart(decisions: readonly PaymentDecision[]): readonly Chart[] {
  const reviews = decisions.filter(({ decision, by }) => decision === "review" && by === "model");
  const named = new Map<string, number>();
  for (const { reasons } of reviews) for (const reason of reasons) named.set(reason, (named.get(reason) ?? 0) + 1);
  if (named.size === 0) return [];
  return [
    {
      form: "bars",
      title: "Reasons given with reviews",
      caption: `How many of ${formatNumber(reviews.length)} reviews name each feature among the three that raised the score most, by exact Shapley values of the trees.`,
      xLabel: "feature",
      yLabel: "share of reviews",
      points: [...named].sort((a, b) => b[1] - a[1]).map(([x, count]) => ({ x, y: count / reviews.length })),
    },
  ];
}
