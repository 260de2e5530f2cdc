/** The run's first stage: the requirements as numbers, and what they say together. */

import { DAY } from "../../../core/day.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import type { Quantity } from "../../../core/quantity.ts";
import { MONTH_SECONDS } from "../../../core/unit.ts";
import { NO_FILES, type Remark, type Stage, type StageResult, stage, stageResult } from "../../../system/stage.ts";
import { isOpen } from "../question-topic.ts";
import type { ClarifyFacts } from "../schema.ts";

/** Numbers in base units; null where the note does not say. */
interface GoalPlan {
  readonly goal: string | null;
  readonly users: number | null;
  readonly items: number | null;
  readonly average: number | null;
  readonly peak: number | null;
  readonly p99: number | null;
  readonly availability: number | null;
  readonly budgetPerMonth: number | null;
  readonly questions: readonly { readonly ask: string; readonly answered: boolean }[];
}

export function goalsStage(clarify: ClarifyFacts): Stage {
  return stage({
    name: "goals",
    step: 1,
    title: "reading the requirements",
    inputs: [],
    data: NO_FILES,
    plan: {
      goal: clarify.goal ?? null,
      users: clarify.users?.daily?.value ?? null,
      items: clarify.items?.count?.value ?? null,
      average: clarify.requests?.average?.value ?? null,
      peak: peakRate(clarify),
      p99: clarify.latency?.p99?.value ?? null,
      availability: clarify.availability?.value ?? null,
      budgetPerMonth: monthlyBudget(clarify),
      questions: (clarify.questions ?? []).map((one) => ({ ask: one.ask, answered: !isOpen(one) })),
    },
    run: readGoals,
  });
}

async function readGoals(plan: GoalPlan): Promise<StageResult> {
  return stageResult({ figures: goalFigures(plan), remarks: goalRemarks(plan) });
}

/** Requests per second at peak: as written, or the factor times the average. */
export function peakRate({ requests }: ClarifyFacts): number | null {
  const peak = requests?.peak;
  if (peak === undefined) return null;
  if (isRate(peak)) return peak.value;
  return requests?.average === undefined ? null : peak.value * requests.average.value;
}

/** Dollars a month: as written, or dollars per prediction times the average rate. */
export function monthlyBudget({ budget, requests }: ClarifyFacts): number | null {
  if (budget === undefined) return null;
  if (isRate(budget)) return budget.value * MONTH_SECONDS;
  return requests?.average === undefined ? null : budget.value * requests.average.value * MONTH_SECONDS;
}

function isRate({ dimension }: Quantity): boolean {
  return dimension.second === -1;
}

/** How many questions of the note nobody has answered; a note without any has no such figure. */
const OPEN_QUESTIONS = "open questions";

function goalFigures(plan: GoalPlan): Figure[] {
  const { users, items, average, peak, p99, availability, budgetPerMonth, questions } = plan;
  const open = questions.filter(({ answered }) => !answered).length;
  const perThousand =
    budgetPerMonth !== null && average !== null && average > 0
      ? (budgetPerMonth / (average * MONTH_SECONDS)) * 1000
      : null;
  const entries: [string, number | null, string, string][] = [
    ["daily users", users, "users", ""],
    ["items", items, "items", ""],
    ["requests average", average, "/s", ""],
    ["requests peak", peak, "/s", ""],
    ["latency budget p99", p99, "s", ""],
    ["availability", availability, "share", ""],
    ["allowed downtime", availability === null ? null : (1 - availability) * 30 * DAY, "s", "per 30 days"],
    ["budget", budgetPerMonth, "$/month", "a month has 730 h"],
    ["budget per 1,000 requests", perThousand, "$", "at the average rate"],
    [
      "requests per user and day",
      users !== null && average !== null && users > 0 ? (average * DAY) / users : null,
      "",
      "",
    ],
    [OPEN_QUESTIONS, open === 0 ? null : open, "", `of ${questions.length}`],
  ];
  return entries.flatMap(([name, value, unit, note]) =>
    value === null ? [] : [figure({ step: 1, name, subject: "design", value, unit, note })],
  );
}

const NO_GOAL = "the note does not state yet what should get better, and for whom";

function goalRemarks({ goal, users, items, average, peak, p99, questions }: GoalPlan): Remark[] {
  const remarks: Remark[] = [];
  const parts = [
    users === null ? undefined : `${formatNumber(users)} people a day`,
    items === null ? undefined : `${formatNumber(items)} items`,
    average === null
      ? undefined
      : `${formatNumber(average)} requests a second${peak === null ? "" : `, ${formatNumber(peak)} at peak`}`,
    p99 === null ? undefined : `99% of the answers within ${formatValue({ value: p99, unit: "s" })}`,
  ].filter((part) => part !== undefined);
  remarks.push(goal === null ? { kind: "warning", text: NO_GOAL } : { kind: "answer", text: `**${goal}.**` });
  if (parts.length > 0) remarks.push({ kind: "answer", text: `${parts.join("; ")}.` });
  const open = questions.filter(({ answered }) => !answered);
  for (const { ask } of open) remarks.push({ kind: "warning", text: `the question “${ask}” has no answer yet` });
  if (open.length > 0)
    remarks.push({
      kind: "next",
      short: "Get the open questions answered",
      text: "Later numbers rest on them.",
    });
  return remarks;
}
