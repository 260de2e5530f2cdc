/** The part of a run's record that comes from the note alone: what it states, and what its estimates say. */

import { MONTH_SECONDS } from "../core/unit.ts";
import { monthlyBudget, peakRate } from "../steps/1-clarify/goals/goals-stage.ts";
import { modelName } from "../steps/4-model/schema.ts";
import type { Design } from "../steps/design.ts";
import type { Estimated, RunContext, Stated } from "../system/run-context.ts";
import type { SystemDrawing } from "../system/system-drawing.ts";
import { describeSystem } from "./describe-system.ts";
import { type DesignEstimate, estimateDesign, writtenFact } from "./estimate-design.ts";
import { isPartOf, outermost, proposedFacts } from "./proposed-facts.ts";

/** Pure: the same note gives the same context. */
export function runContextOf(design: Design): RunContext {
  const estimate = estimateDesign(design);
  const drawing = describeSystem(design, estimate);
  const proposed = proposedIn(design, estimate);
  return {
    stated: statedIn(design),
    estimates: estimatesOf(estimate),
    ...(proposed.length === 0 ? {} : { proposed }),
    ...(drawing === undefined ? {} : { drawing: plainDrawing(drawing) }),
  };
}

/** Each fact once: one whose parts stand on its line is said as a whole. */
function proposedIn(design: Design, { sheets }: DesignEstimate): NonNullable<RunContext["proposed"]> {
  return outermost(proposedFacts(design).paths).map((path) => ({
    path,
    says: writtenFact(design, path),
    sheets: sheets
      .filter(
        ({ isAlternative, restsOn }) =>
          !isAlternative &&
          // What was looked for and does not stand in the note bears no answer.
          restsOn.some((key) => design.places.has(key) && (isPartOf(key, path) || isPartOf(path, key))),
      )
      .map(({ sheet }) => sheet),
  }));
}

/** As the record holds it. */
function plainDrawing({ title, nodes, edges, broken }: SystemDrawing): NonNullable<RunContext["drawing"]> {
  return {
    title,
    nodes: nodes.map(({ rows, ...node }) => ({ ...node, rows: [...rows] })),
    edges: edges.map(({ lines }) => ({ lines: [...lines] })),
    broken: [...broken],
  };
}

function statedIn({ clarify, frame, model, evaluate, deploy }: Design): Stated {
  const { baseline, success } = frame;
  return {
    goal: clarify.goal ?? null,
    businessMetric: clarify["business-metric"] ?? null,
    onlineMetrics: [...(frame.metrics?.online ?? [])],
    experimentMetric: deploy.experiment?.metric ?? null,
    users: clarify.users?.daily?.value ?? null,
    items: clarify.items?.count?.value ?? null,
    peak: peakRate(clarify),
    p99: clarify.latency?.p99?.value ?? null,
    availability: clarify.availability?.value ?? null,
    budgetPerMonth: monthlyBudget(clarify),
    baseline:
      baseline === undefined
        ? null
        : { rule: baseline.rule ?? "", metric: baseline.metric ?? "", value: baseline.value?.value ?? null },
    success:
      success === undefined
        ? null
        : { metric: success.metric ?? "", value: success.value?.value ?? null, gain: success.gain?.value ?? null },
    halfWidth: evaluate.evaluation?.["half-width"]?.value ?? null,
    replicas: deploy.serving?.replicas ?? null,
    concurrency: deploy.serving?.concurrency ?? null,
    stages: (model.stages ?? []).map((stage) => ({
      stage: stage.name,
      what: modelName(stage) ?? stage.rule ?? "",
      keep: stage.keep?.value ?? null,
    })),
    budgets: Object.entries(deploy.serving?.budget ?? {}).map(([stage, { value }]) => ({ stage, seconds: value })),
  };
}

/** Every line of every sheet that the note chose; what could not be filled in is left out. */
function estimatesOf({ sheets }: DesignEstimate): Estimated[] {
  return sheets
    .filter(({ isAlternative }) => !isAlternative)
    .flatMap(({ sheet, subject, lines }) =>
      lines.flatMap(({ name, value, dimension, text }) => {
        if (name === undefined || !Number.isFinite(value)) return [];
        const isMoneyRate = dimension.dollar === 1 && dimension.second === -1;
        return [{ sheet, subject, line: name, value: isMoneyRate ? value * MONTH_SECONDS : value, text }];
      }),
    );
}
