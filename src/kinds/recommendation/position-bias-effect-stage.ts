/** The stage that shows what weighing clicks by their place changed: the first-stage model with and without it, on the same requests. */

import { type Figure, figure } from "../../core/figure.ts";
import { formatNumber } from "../../core/format-figure.ts";
import { unwrap } from "../../core/outcome.ts";
import { requestsFromStored, type StoredRequests } from "../../steps/3-data/split/stored-requests.ts";
import { examinationFromStored } from "../../steps/4-model/train/examination.ts";
import { listsFromStored, type RankedLists, rankedItems } from "../../steps/4-model/train/ranked-lists.ts";
import { trainingStageName } from "../../steps/4-model/train/recommender-stage.ts";
import { parseMetric } from "../../steps/5-evaluate/metrics/parse-metric.ts";
import { knownInterval, pairedBootstrap } from "../../steps/5-evaluate/protocols/bootstrap.ts";
import { differenceFigures, measureLists, WHOLE } from "../../steps/5-evaluate/protocols/measure-lists.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../system/stage.ts";
import { worldFromStored } from "./interactions-stage.ts";
import { POSITION_BIAS_STAGE } from "./position-bias-stage.ts";
import type { World } from "./world.ts";

/** `plain` and `corrected` are subjects of training stages; `metric` is canonical. */
export function positionBiasEffectStage(plain: string, corrected: string, metric: string): Stage {
  return stage({
    name: "position-bias-effect",
    step: 5,
    title: "measuring the correction of position bias",
    inputs: ["interactions", "split", POSITION_BIAS_STAGE, trainingStageName(plain), trainingStageName(corrected)],
    data: NO_FILES,
    plan: { plain, corrected, metric },
    run: compareWeighing,
  });
}

interface EffectPlan {
  readonly plain: string;
  readonly corrected: string;
  readonly metric: string;
}

async function compareWeighing(
  { plain, corrected, metric }: EffectPlan,
  { input, random }: Pick<StageContext, "input" | "random">,
): Promise<StageResult> {
  const requests = requestsFromStored(await input("split"), "test");
  if (examinationFromStored(await input(POSITION_BIAS_STAGE)) === null || requests.count === 0) return stageResult({});
  const listsOf = async (subject: string): Promise<RankedLists> =>
    listsFromStored((await input(trainingStageName(subject))).arrays, "test");
  const [before, after] = [await listsOf(plain), await listsOf(corrected)];
  const parsed = unwrap(parseMetric(metric));
  const measured = (subject: string, lists: RankedLists) => ({
    subject,
    measured: measureLists(requests, lists, [parsed], WHOLE),
  });
  const figures: Figure[] = differenceFigures(
    measured(plain, before),
    measured(corrected, after),
    "all",
    [metric],
    random,
  );
  const world = worldFromStored(await input("interactions"));
  if (world !== null) {
    const gain = pairedBootstrap(expectedClicks(world, requests, after), expectedClicks(world, requests, before), {
      random: random.fork("clicks"),
      units: requests.unit,
    });
    figures.push(
      figure({
        step: 5,
        name: "expected clicks per list",
        subject: corrected,
        against: plain,
        value: gain.mean,
        interval: knownInterval(gain),
        n: gain.n,
        note: "from the simulation's own probabilities",
      }),
    );
  }
  return stageResult({ figures, remarks: figures.map((one) => effectRemark(one, corrected)) });
}

/** Clicks that the world would give each request's list, by its true probabilities. */
function expectedClicks(world: World, { count, unit, moment }: StoredRequests, lists: RankedLists): Float64Array {
  return Float64Array.from({ length: count }, (_, request) =>
    rankedItems(lists, request)
      .subarray(0, world.places)
      .reduce(
        (sum, title, at) => sum + world.examination(at + 1) * world.attraction(unit[request], title, moment[request]),
        0,
      ),
  );
}

function effectRemark({ name, value, interval }: Figure, corrected: string): Remark {
  const [low, high] = interval ?? [Number.NaN, Number.NaN];
  const verdict = low > 0 ? "it helps" : high < 0 ? "it harms here" : "no difference that these requests could show";
  const bounds = interval === null ? "" : ` [${formatNumber(low)}, ${formatNumber(high)}]`;
  return {
    kind: "answer",
    text: `Weighing ${corrected}'s clicks by inverse propensity changes ${name} by ${formatNumber(value)}${bounds}: ${verdict}.`,
  };
}
