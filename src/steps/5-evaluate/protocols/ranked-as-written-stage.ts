/** The stage that evaluates on a split other than by time, as the note asks for it, beside the honest figures of the rest of the run. */

import { figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { unwrap } from "../../../core/outcome.ts";
import { EVALUATION_STAGE } from "../../../system/evaluation.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { DataFacts } from "../../3-data/schema.ts";
import { createHeldOutRequests } from "../../3-data/split/held-out.ts";
import type { RelevanceFacts } from "../../3-data/split/request-time.ts";
import { partCode } from "../../3-data/split/split.ts";
import { splitEvents } from "../../3-data/split/split-events.ts";
import { openRecommender } from "../../4-model/models/recommenders.ts";
import { trainingDataOf } from "../../4-model/train/interaction-matrix.ts";
import { openRankedSource, type RankedSource, rankedInputs } from "../../4-model/train/ranked-source.ts";
import { rankRequests } from "../../4-model/train/recommender-stage.ts";
import type { TrainedSubject } from "../../4-model/train/two-stage-plan.ts";
import { parseMetric } from "../metrics/parse-metric.ts";
import { meanFigures, measureLists, WHOLE } from "./measure-lists.ts";

interface AsWritten {
  readonly split: NonNullable<DataFacts["split"]>;
  readonly relevant: RelevanceFacts;
  readonly models: readonly TrainedSubject[];
  readonly source: RankedSource;
  readonly metric: string;
}

/** Undefined where the note splits by time, as the rest of the run does. */
export function rankedAsWrittenStage(
  source: RankedSource,
  { split }: DataFacts,
  relevant: RelevanceFacts,
  models: readonly TrainedSubject[],
  metric: string,
): Stage | undefined {
  if (split?.by === undefined || split.by === "time") return undefined;
  return stage({
    name: "split-as-written",
    step: 5,
    title: `evaluating on the split by ${split.by}`,
    inputs: [...rankedInputs(source), EVALUATION_STAGE],
    data: NO_FILES,
    plan: { source, split, relevant, models, metric },
    run: evaluateAsWritten,
  });
}

async function evaluateAsWritten(
  { source, split, relevant, models, metric }: AsWritten,
  { input, random, environment }: Pick<StageContext, "input" | "random" | "environment">,
): Promise<StageResult> {
  const { weights } = source;
  const { task, examination } = await openRankedSource(source, input);
  const honest = (await input(EVALUATION_STAGE)).figures;
  const divided = splitEvents(task, split, random.fork("split"));
  const { events, units } = task;
  const requests = createHeldOutRequests(events, units, divided, { relevant });
  const train = partCode("train");
  const end = events.count === 0 ? 0 : events.time[events.count - 1] + 1;
  const data = trainingDataOf(task, (event) => divided.part[event] === train, end, weights, examination);
  const slice = `split by ${split.by}, as the note says`;
  const figures = [];
  for (const { subject, choice } of models) {
    environment.progress(`training ${subject} on the split by ${split.by}`);
    const model = await openRecommender(choice).fit(data, {
      random: random.fork(subject),
      pool: environment.pool,
      machine: environment.machine,
    });
    const lists = rankRequests(model, task, requests, weights);
    figures.push(
      ...meanFigures(subject, slice, measureLists(requests, lists, [unwrap(parseMetric(metric))], WHOLE), random).map(
        (one) => ({ ...one, role: "cheat" as const }),
      ),
    );
  }
  const best = figures.reduce(
    (most, one) => (one.value > most.value ? one : most),
    figure({ step: 5, name: metric, subject: "none", value: Number.NEGATIVE_INFINITY }),
  );
  const same = honest.find(
    (one) => one.subject === best.subject && one.against === undefined && one.name === metric && one.slice === "all",
  );
  const warning = same === undefined ? [] : [warnOf(split.by ?? "", metric, best, same)];
  return stageResult({ figures, remarks: warning });
}

function warnOf(
  by: string,
  metric: string,
  inflated: { readonly subject: string; readonly value: number },
  honest: { readonly value: number },
) {
  const direction = inflated.value > honest.value ? "inflated" : "different";
  return {
    kind: "warning" as const,
    text: `the note splits by ${by}: there ${inflated.subject} reaches ${metric} **${formatNumber(inflated.value)}**; on requests after a cut in time the same model reaches **${formatNumber(honest.value)}**. The first number is ${direction} because the model learns from events later than those it is asked about. Everything else in this report is measured after the cut`,
  };
}
