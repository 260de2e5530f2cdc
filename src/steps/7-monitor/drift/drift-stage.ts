/** The stage that compares what the model learned from with what it was tested on: PSI, Kolmogorov-Smirnov and what alerts name. */

import type { Chart } from "../../../core/chart.ts";
import { DAY } from "../../../core/day.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { ONLY_GROWS } from "../../../core/moved-most.ts";
import type { Random } from "../../../core/random.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { buildFeatures } from "../../3-data/features/build-features.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { planFeatures } from "../../3-data/features/feature-plan.ts";
import { onlyGrows } from "../../3-data/features/only-grows.ts";
import { pairRequests, rankedStream } from "../../3-data/features/ranked-stream.ts";
import { kindCode, type RankedTask, rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { type Cuts, cutsFromStored } from "../../3-data/split/stored-requests.ts";
import { type DriftSample, type DriftWatch, type WatchedDrift, watchDrift, watchKey } from "./drift-alert.ts";
import { measureDrift } from "./drift-measure.ts";
import { AS_DECLARED, driftRemarks, NOTHING_TO_COMPARE, type RemarkedDrift } from "./drift-remarks.ts";
import { drawShuffled, drawSome, type RowsInWindow, rangeOf } from "./rows-in-window.ts";

/** The reference is the training window, the current one the test window. */
interface DefinedSample extends DriftSample {
  readonly definition: string;
}

/** Most events of each window that are compared: of so many the figures no longer change, and sorting more only takes room and time. */
const MOST_COMPARED = 1_000_000;

/** Below this, PSI is mostly noise; see the note beside each figure. */
const FEW_VALUES = 50;

/** The labels of a ranked task, as far as units give any. */
const LABEL = "rating";

/**
 * `declarations` are the features of step 3: their values at the moment of the events are compared too. The result holds, under
 * the key of each watch on features or labels, what it saw.
 */
export function driftStage(
  task: string,
  declarations: readonly FeatureDeclaration[],
  watches: readonly DriftWatch[],
): Stage {
  return stage({
    name: "drift",
    step: 7,
    title: "comparing the test window with the training window",
    inputs: [task, "split"],
    data: NO_FILES,
    plan: { task, declarations, watches },
    run: compareWindows,
  });
}

interface DriftPlan {
  /** The stage that stored the ranked task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
  readonly watches: readonly DriftWatch[];
}

async function compareWindows(
  { task: name, declarations, watches }: DriftPlan,
  { input, random }: Pick<StageContext, "input" | "random">,
): Promise<StageResult> {
  const task = rankedTaskFromStored(await input(name));
  const cuts = cutsFromStored(await input("split"));
  const samples = [...driftSamples(task, cuts, random), ...featureSamples(task, cuts, declarations, random)];
  const measured = samples.flatMap(compare);
  return stageResult({
    json: Object.fromEntries(watches.map((watch) => [watchKey(watch), watchIn(watch, samples)])),
    figures: measured.flatMap((one) => one.figures),
    remarks: driftRemarks(measured, watches),
    charts: measured.length === 0 ? [] : [driftChart(measured)],
  });
}

function watchIn(watch: DriftWatch, samples: readonly DriftSample[]): WatchedDrift {
  const labels = watch.on === "label" && watch.of === "" ? samples.filter(({ name }) => name === LABEL) : samples;
  if (labels.length > 0) return watchDrift(watch, labels);
  const note =
    watch.on === "label" ? "the history holds no ratings, and deeds are their own labels" : NOTHING_TO_COMPARE;
  return { value: null, note, chance: null, n: null };
}

function driftSamples({ events, items, units, words }: RankedTask, cuts: Cuts, random: Random): DefinedSample[] {
  const windows = windowsOf(events, cuts);
  const impression = kindCode("impression");
  const rating = kindCode("rating");
  const popularity = new Int32Array(items.count);
  const seen = new Int32Array(units);
  const history = new Int32Array(events.count);
  for (let i = 0; i < events.count; i++) if (events.kind[i] !== impression) history[i] = seen[events.unit[i]]++;
  const { from, until } = windows.reference;
  for (let i = from; i < until; i++) if (events.kind[i] !== impression) popularity[events.item[i]]++;
  const sample = (
    name: string,
    definition: string,
    measure: (event: number) => number,
    keep = (_: number) => true,
  ): DefinedSample => {
    const drawn = ({ holds, ...range }: RowsInWindow, window: string): Int32Array => {
      const rows = { ...range, holds: (i: number) => holds(i) && keep(i) };
      return drawSome(rows, MOST_COMPARED, random.fork(`${name}, ${window}`));
    };
    const reference = drawn(windows.reference, "reference");
    const current = drawn(windows.current, "current");
    const unitsOf = (rows: Int32Array): Int32Array => rows.map((i) => events.unit[i]);
    return {
      name,
      definition,
      reference: Float64Array.from(reference, measure),
      current: Float64Array.from(current, measure),
      units: { reference: unitsOf(reference), current: unitsOf(current) },
    };
  };
  const { since } = items;
  const shownSince = (event: number): number => since?.[events.item[event]] ?? Number.NaN;
  const samples = [
    sample(
      "rating",
      "the ratings given",
      (i) => events.value[i],
      (i) => events.kind[i] === rating,
    ),
    sample(`${words.item} popularity`, `training events of the ${words.item}`, (i) => popularity[events.item[i]]),
    {
      ...sample(`${words.unit} history`, `events of the ${words.unit} so far`, (i) => history[i]),
      onlyGrows: true,
    },
    ...(since === undefined
      ? []
      : [
          sample(
            `${words.item} age`,
            `days since the ${words.item}'s ${words.since}`,
            (i) => (events.time[i] - shownSince(i)) / DAY,
            (i) => !Number.isNaN(shownSince(i)),
          ),
        ]),
  ];
  return samples.filter(({ reference, current }) => reference.length > 0 && current.length > 0);
}

/** What was done in the training window and in the test window; to be shown something is no deed. */
function windowsOf(
  { time, kind }: RankedTask["events"],
  { trainStart, validationStart, testStart }: Cuts,
): { readonly reference: RowsInWindow; readonly current: RowsInWindow } {
  const impression = kindCode("impression");
  const holds = (event: number): boolean => kind[event] !== impression;
  return {
    reference: { ...rangeOf(time, trainStart, validationStart), holds },
    current: { ...rangeOf(time, testStart, Number.POSITIVE_INFINITY), holds },
  };
}

/** Most events of each window whose features are computed. */
const FEATURE_SAMPLE = 5000;

/** The features that a request at the moment of each event would have read. */
function featureSamples(
  task: RankedTask,
  cuts: Cuts,
  declarations: readonly FeatureDeclaration[],
  random: Random,
): DefinedSample[] {
  const { events } = task;
  if (declarations.length === 0) return [];
  const windows = windowsOf(events, cuts);
  const reference = drawShuffled(windows.reference, FEATURE_SAMPLE, random.fork("reference"));
  const current = drawShuffled(windows.current, FEATURE_SAMPLE, random.fork("current"));
  if (reference.length === 0 || current.length === 0) return [];
  const stream = rankedStream(task);
  const plans = planFeatures(declarations, stream);
  // Both windows at once: the events are laid out by their keys for each time that features are built.
  const rows = new Int32Array(reference.length + current.length);
  rows.set(reference);
  rows.set(current, reference.length);
  const pick = (column: Int32Array): Int32Array => rows.map((row) => column[row]);
  const time = Float64Array.from(rows, (row) => events.time[row]);
  const built = buildFeatures(plans, stream, pairRequests(pick(events.unit), pick(events.item), time, task));
  const units = { reference: reference.map((i) => events.unit[i]), current: current.map((i) => events.unit[i]) };
  return declarations.flatMap((declaration): DefinedSample[] => {
    const { name } = declaration;
    const values = built.get(name);
    return values === undefined
      ? []
      : [
          {
            name,
            definition: AS_DECLARED,
            onlyGrows: onlyGrows(declaration),
            reference: values.slice(0, reference.length),
            current: values.slice(reference.length),
            units,
          },
        ];
  });
}

interface MeasuredDrift extends RemarkedDrift {
  readonly figures: readonly Figure[];
}

function compare({
  name,
  definition,
  reference,
  current,
  units,
  onlyGrows: grows = false,
}: DefinedSample): MeasuredDrift[] {
  const index = measureDrift("psi", reference, current, { units });
  const test = measureDrift("ks", reference, current, { units });
  if (!index.ok || !test.ok) return [];
  const few =
    current.length < FEW_VALUES
      ? `; only ${current.length} values`
      : Math.max(reference.length, current.length) === MOST_COMPARED
        ? `; of each window at most ${formatNumber(MOST_COMPARED)} events, drawn at random`
        : "";
  const n = current.length;
  const { chance } = index.value;
  const allTime = grows ? `; ${ONLY_GROWS}` : "";
  return [
    {
      name,
      definition,
      onlyGrows: grows,
      psi: index.value.value,
      ...(chance === undefined ? {} : { chance }),
      figures: [
        figure({
          step: 7,
          name: "psi",
          subject: name,
          value: index.value.value,
          n,
          note: `${index.value.note}${few}${allTime}`,
        }),
        ...(chance === undefined
          ? []
          : [
              figure({
                step: 7,
                name: "psi by chance",
                subject: name,
                value: chance,
                n,
                note: "19 times in 20 below this where nothing moved",
              }),
            ]),
        figure({ step: 7, name: "ks", subject: name, value: test.value.value, n, note: test.value.note }),
      ],
    },
  ];
}

function driftChart(measured: readonly MeasuredDrift[]): Chart {
  return {
    form: "bars",
    title: "Drift from training to test",
    caption:
      "Population stability index in ten bins cut at the training window's quantiles. By custom 0.1 is worth a look and 0.2 an action; large samples pass such limits with changes that do no harm.",
    xLabel: "signal",
    yLabel: "PSI, nats",
    points: measured.map(({ name, psi: value }) => ({ x: name, y: value, label: formatNumber(value, 2) })),
    limit: { value: 0.2, label: "0.2" },
  };
}
