/** The stage that estimates how much being on top brings, beside the truth where the world is simulated. */

import type { Chart } from "../../core/chart.ts";
import { type Figure, figure } from "../../core/figure.ts";
import { formatNumber } from "../../core/format-figure.ts";
import { cutsFromStored } from "../../steps/3-data/split/stored-requests.ts";
import { examinationToStored } from "../../steps/4-model/train/examination.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../system/stage.ts";
import { type ExaminationEstimate, estimateExamination, findImpressions } from "./examination.ts";
import { interactionsFromStored } from "./interactions.ts";
import { worldFromStored } from "./interactions-stage.ts";

export const POSITION_BIAS_STAGE = "position-bias";

/** `corrects` where the note asks for clicks to be weighed by it. */
export function positionBiasStage(corrects: boolean): Stage {
  return stage({
    name: POSITION_BIAS_STAGE,
    step: 4,
    title: "estimating position bias",
    inputs: ["interactions", "split"],
    data: NO_FILES,
    plan: { corrects },
    run: estimateBias,
  });
}

async function estimateBias(
  { corrects }: { readonly corrects: boolean },
  { input, random }: Pick<StageContext, "input" | "random">,
): Promise<StageResult> {
  const stored = await input("interactions");
  // Only what every model of the run may know: impressions before the earliest cut.
  const { trainStart, sets } = cutsFromStored(await input("split"));
  const until = Math.min(...sets.map(({ cut }) => cut));
  const impressions = findImpressions(interactionsFromStored(stored).events, until, trainStart);
  if (typeof impressions === "string") return stageResult({ remarks: [notEstimated(corrects, impressions)] });
  const estimate = estimateExamination(impressions, random);
  if (estimate === null)
    return stageResult({
      remarks: [
        notEstimated(
          corrects,
          `of ${impressions.clicked.length} impressions with a place too few were clicked at place 1, which every other place is compared with`,
        ),
      ],
    });
  const world = worldFromStored(stored);
  const truth = world === null ? null : estimate.probability.map((_, at) => world.examination(at + 1));
  return describe(estimate, truth, impressions.clicked.length);
}

function notEstimated(corrects: boolean, why: string): Remark {
  return corrects
    ? { kind: "warning", text: `${why}: position bias cannot be estimated, and clicks are not corrected for it` }
    : { kind: "assumption", text: `${why}: position bias, if there is any, is neither estimated nor corrected` };
}

function describe(estimate: ExaminationEstimate, truth: Float64Array | null, impressions: number): StageResult {
  const { probability, low, high, naive } = estimate;
  const figures: Figure[] = Array.from(probability, (value, at) =>
    figure({
      step: 4,
      name: "examination",
      subject: "position bias",
      slice: `place ${at + 1}`,
      value,
      interval: at === 0 ? null : [low[at], high[at]],
      n: impressions,
      note:
        at === 0
          ? "place 1 is 1 by definition"
          : truth === null
            ? ""
            : `truth of the simulation ${truth[at].toFixed(3)}`,
    }),
  );
  const last = probability.length - 1;
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `Place ${last + 1} is looked at **${formatNumber(probability[last], 3)}** times as often as place 1 [${formatNumber(low[last], 3)}, ${formatNumber(high[last], 3)}], by the same titles at different places; the plain click rates would say ${formatNumber(naive[last], 3)}.`,
    },
  ];
  if (truth !== null) {
    const error = (of: Float64Array): number => Math.max(...of.map((value, at) => Math.abs(value - truth[at])));
    figures.push(
      figure({
        step: 4,
        name: "largest error of examination",
        subject: "position bias",
        value: error(probability),
        note: `against the truth of the simulation; plain click rates: ${formatNumber(error(naive), 3)}`,
      }),
    );
  }
  return stageResult({ arrays: examinationToStored(probability), figures, remarks, charts: [chart(estimate, truth)] });
}

function chart({ probability, low, high, naive }: ExaminationEstimate, truth: Float64Array | null): Chart {
  const line = (series: string, values: Float64Array) => Array.from(values, (y, at) => ({ x: at + 1, y, series }));
  return {
    form: "lines",
    title: "How often a place is looked at",
    caption:
      "Relative to place 1, estimated from titles that stood at several places, with 95 % intervals over members. Plain click rates mix this up with what stands on top.",
    xLabel: "place in the list",
    yLabel: "examination",
    points: [
      ...line("estimated", probability).map((point, at) => ({ ...point, interval: [low[at], high[at]] as const })),
      ...line("plain click rate", naive),
      ...(truth === null ? [] : line("truth of the simulation", truth)),
    ],
  };
}
