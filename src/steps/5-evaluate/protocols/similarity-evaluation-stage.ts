/** The stage that judges a search by photo: network and baselines on the same test photos, chosen before on validation photos, by class. */

import type { Chart } from "../../../core/chart.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { bestMeasured, meanOfMeasured } from "../../../core/mean-of-measured.ts";
import type { Random } from "../../../core/random.ts";
import { compareSystems } from "../../../core/verdict.ts";
import { EVALUATION_STAGE } from "../../../system/evaluation.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { PHOTO_SPLIT_STAGE, splitFromStored } from "../../3-data/pictures/photo-split-stage.ts";
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import { networkFromStored } from "../../4-model/convolution/embedding-stages.ts";
import {
  PHOTO_VECTORS_STAGE,
  type PhotoSubject,
  photoSubjects,
  vectorsFromStored,
} from "../../4-model/convolution/photo-vectors-stage.ts";
import { DIFFERENCE_RANGE, REQUEST_RANGE } from "../metrics/metric.ts";
import { bootstrapMean, knownInterval, pairedBootstrap } from "./bootstrap.ts";
import { accuracyFigures, classVectorsOf } from "./class-accuracy.ts";
import { contactSheet } from "./contact-sheet.ts";
import { embeddingMap } from "./embedding-map.ts";
import { keepRequests } from "./pair-evaluations.ts";
import { type SimilarityMeasure, similarityMeasures } from "./similarity-measures.ts";
import { answerable, type SimilaritySearch, searchPhotos } from "./similarity-search.ts";

interface SimilarityPlan {
  /** The stage of a network that learned its classes; null where it came as a file. */
  readonly classified: string | null;
  /** Names of the note's offline metrics; the first decides. */
  readonly metrics: readonly string[];
}

export function similarityEvaluationStage(metrics: readonly string[], classified: string | null): Stage {
  return stage<SimilarityPlan>({
    name: EVALUATION_STAGE,
    step: 5,
    title: "searching by photo",
    inputs: [PICTURES_STAGE, PHOTO_SPLIT_STAGE, PHOTO_VECTORS_STAGE, ...(classified === null ? [] : [classified])],
    data: NO_FILES,
    plan: { metrics, classified },
    run: judge,
  });
}

/** Photos of a part that ask: a search compares each with all others, so a large part is sampled. */
const MOST_QUERIES = 2000;
/** Items of a class below which its figure is chance and no advice. */
const TOLD = 5;
const SIMPLE: readonly PhotoSubject[] = ["histogram", "pixels"];

async function judge(
  { metrics, classified }: SimilarityPlan,
  { input, random, environment }: StageContext,
): Promise<StageResult> {
  const { set, label, item, classes } = picturesFromStored(await input(PICTURES_STAGE));
  const split = splitFromStored(await input(PHOTO_SPLIT_STAGE));
  const stored = await input(PHOTO_VECTORS_STAGE);
  const measures = similarityMeasures(metrics);
  const [headline] = measures;
  const askable = (part: "test" | "validation"): Int32Array =>
    answerable(split.rowsOf(part), { label, group: split.group });
  const queries = sample(askable("test"), random.fork("queries"));
  const earlier = sample(askable("validation"), random.fork("earlier"));
  const unasked = split.rowsOf("test").length - askable("test").length;
  const subjects = photoSubjects(stored);
  const searches = new Map<PhotoSubject, SimilaritySearch[]>();
  const validated = new Map<PhotoSubject, number>();
  for (const [at, subject] of subjects.entries()) {
    environment.progress(subject, at, subjects.length);
    const photos = { ...vectorsFromStored(stored, subject), label, group: split.group };
    searches.set(subject, searchPhotos(photos, queries, split.rowsOf("test")));
    const before = searchPhotos(photos, earlier, split.rowsOf("validation"));
    if (earlier.length > 0) validated.set(subject, meanOfMeasured(before.map(headline.measure)));
  }
  const best = (among: readonly PhotoSubject[]): PhotoSubject =>
    bestMeasured(among, (one) => validated.get(one) ?? Number.NaN) ?? among[0];
  const baseline = best(SIMPLE);
  const chosen = best([baseline, "network"]);
  const units = queries.map((row) => split.group[row]);
  const values = new Map(
    subjects.map((subject): [PhotoSubject, Float64Array] => [subject, valuesOf(searches, subject, headline)]),
  );
  const judged: JudgedSearch = { searches, measures, units, baseline, random };
  const overall = subjects
    .flatMap((subject) => [...ownFigures(judged, subject), ...differenceFigures(judged, subject)])
    .filter(({ value }) => Number.isFinite(value));
  const byClass = classFigures(judged, classes, label);
  // Photos drawn for themselves: what the same vectors find once siblings may not answer.
  const photos = { ...vectorsFromStored(stored, "network"), label, group: item };
  const leak =
    isByPhoto(split.group) && !isByPhoto(item)
      ? withoutSiblings(searchPhotos(photos, answerable(queries, photos), split.rowsOf("test")), headline)
      : [];
  const accuracy =
    classified === null
      ? []
      : accuracyFigures(
          classVectorsOf(networkFromStored(await input(classified))),
          vectorsFromStored(stored, "network").vectors,
          { label, group: split.group, train: split.rowsOf("train"), test: split.rowsOf("test") },
          random.fork("accuracy"),
        );
  return stageResult({
    json: {
      metric: headline.name,
      baseline,
      chosen,
      ...(validated.size === 0 ? { unchosen: true } : {}),
      rival: subjects.find((subject) => subject === "random network") ?? null,
      served: "network",
      contenders: subjects.map((subject) => ({
        subject,
        role: subject === baseline ? "baseline" : subject === "network" ? "system" : "single",
      })),
    },
    arrays: keepRequests(units, values),
    figures: [...overall, ...accuracy, ...byClass, ...leak],
    remarks: [
      ...unaskedRemark(unasked, split.rowsOf("test").length),
      ...remarks(overall, {
        headline,
        baseline,
        chosen,
        validated: earlier.length === 0 ? new Map() : validated,
        queries: queries.length,
        classes: byClass,
        byPhoto: isByPhoto(split.group),
        leak: leak.at(0),
      }),
    ],
    charts: [
      comparison(overall, headline),
      classChart(byClass, headline),
      ...(await contactSheet(searches.get("network") ?? [], headline, { set, label, classes }, environment.pictures)),
      embeddingMap(vectorsFromStored(stored, "network"), queries, label, classes, random.fork("map")),
    ],
  });
}

function isByPhoto(group: Int32Array): boolean {
  return new Set(group).size === group.length;
}

function withoutSiblings(searches: readonly SimilaritySearch[], { name, measure }: SimilarityMeasure): Figure[] {
  const note =
    "photos of the same item left out of the answers; the network was still trained on siblings of the test photos";
  return [
    figure({
      step: 5,
      name,
      subject: "network, siblings left out",
      value: mean(searches.map(measure)),
      n: searches.length,
      note,
    }),
  ];
}

interface JudgedSearch {
  readonly searches: ReadonlyMap<PhotoSubject, readonly SimilaritySearch[]>;
  readonly measures: readonly SimilarityMeasure[];
  /** The group of each query: photos of one item are drawn together. */
  readonly units: Int32Array;
  readonly baseline: PhotoSubject;
  readonly random: Random;
}

function valuesOf(
  searches: JudgedSearch["searches"],
  subject: PhotoSubject,
  { measure }: SimilarityMeasure,
): Float64Array {
  return Float64Array.from(searches.get(subject) ?? [], measure);
}

function ownFigures({ searches, measures, units, random }: JudgedSearch, subject: PhotoSubject): Figure[] {
  return measures.map((one) => {
    const options = { random: random.fork(one.name), units, range: REQUEST_RANGE };
    const level = bootstrapMean(valuesOf(searches, subject, one), options);
    const { mean: value, n } = level;
    return figure({ step: 5, name: one.name, subject, value, interval: knownInterval(level), n, note: one.note });
  });
}

function differenceFigures(
  { searches, measures, units, random, baseline }: JudgedSearch,
  subject: PhotoSubject,
): Figure[] {
  if (subject === baseline) return [];
  return measures.map((one) => {
    const options = { random: random.fork(one.name), units, range: DIFFERENCE_RANGE };
    const difference = pairedBootstrap(valuesOf(searches, subject, one), valuesOf(searches, baseline, one), options);
    const { mean: value, n, pValue } = difference;
    const interval = knownInterval(difference);
    const note = Number.isNaN(pValue)
      ? "too few items for an interval"
      : `paired by photo, drawn by the unit of the split; p ${pValue < 0.001 ? "< 0.001" : pValue.toFixed(3)}`;
    return figure({ step: 5, name: one.name, subject, against: baseline, value, interval, n, note });
  });
}

function classFigures(
  { searches, measures: [headline], units, random }: JudgedSearch,
  classes: readonly string[],
  label: Int32Array,
): Figure[] {
  const own = searches.get("network") ?? [];
  return classes.flatMap((name, one) => {
    const rows = own.flatMap(({ query }, at) => (label[query] === one ? [at] : []));
    if (rows.length === 0) return [];
    const values = Float64Array.from(rows, (at) => headline.measure(own[at]));
    const options = { random: random.fork(name), units: rows.map((at) => units[at]), range: REQUEST_RANGE };
    const level = bootstrapMean(values, options);
    const [subject, interval] = ["network", knownInterval(level)];
    return [figure({ step: 5, name: headline.name, subject, slice: name, value: level.mean, interval, n: level.n })];
  });
}

interface Told {
  readonly headline: SimilarityMeasure;
  readonly baseline: PhotoSubject;
  readonly chosen: PhotoSubject;
  readonly validated: ReadonlyMap<PhotoSubject, number>;
  readonly queries: number;
  readonly classes: readonly Figure[];
  readonly byPhoto: boolean;
  readonly leak: Figure | undefined;
}

function remarks(
  figures: readonly Figure[],
  { headline, baseline, chosen, validated, queries, classes, byPhoto, leak }: Told,
): Remark[] {
  const of = (subject: string, against?: string): Figure | undefined =>
    figures.find((one) => one.name === headline.name && one.subject === subject && one.against === against);
  const [own, plain, gain] = [of("network"), of(baseline), of("network", baseline)];
  if (own === undefined || plain === undefined || gain === undefined) return [];
  const { verdict } = compareSystems(gain);
  // A class is worse than the mean of all where its whole interval is: of a few classes one always comes last.
  const worst = classes
    .filter(({ n, interval }) => (n ?? 0) >= TOLD && interval !== null && interval[1] < own.value)
    .sort((a, b) => a.value - b.value)
    .at(0);
  const words =
    verdict === "better"
      ? "The network beats"
      : verdict === "worse"
        ? "The network loses to"
        : "The network is not told apart from";
  return [
    {
      kind: "answer",
      text: `${words} ${baseline}, the better of the two plain searches on validation photos: ${headline.name} ${formatNumber(own.value, 3)} against ${formatNumber(plain.value, 3)} on ${formatNumber(queries)} test photos, difference ${formatNumber(gain.value, 3)}${gain.interval === null ? "" : `, 95% interval ${gain.interval.map((end) => formatNumber(end, 3)).join(" to ")}`}.`,
    },
    {
      kind: "answer",
      text: `${validated.size === 0 ? "No validation photo has another of its class, so nothing could be chosen on them" : `Best on validation photos, of the network and the plain searches: ${chosen}; ${headline.name} there: ${Array.from(validated, ([subject, value]) => `${subject} ${formatNumber(value, 3)}`).join(", ")}`}. ${byPhoto ? "Each photo stands for itself" : "Photos of one item never answer each other"}.`,
    },
    ...(leak === undefined
      ? []
      : [
          {
            kind: "warning" as const,
            text: `${headline.name} of the network is ${formatNumber(own.value, 3)} as the split is written, and ${formatNumber(leak.value, 3)} once photos of the same item may not answer; what training on their siblings adds is still in both`,
          },
        ]),
    ...(worst === undefined
      ? []
      : [
          {
            kind: "next" as const,
            short: `Look at the photos of ${worst.slice}`,
            text: `Of the classes that can be told it is found worst: ${headline.name} ${formatNumber(worst.value, 3)} [${(worst.interval ?? []).map((end) => formatNumber(end, 3)).join(", ")}] on ${formatNumber(worst.n ?? 0)} items, ${formatNumber(own.value, 3)} over all.`,
          },
        ]),
  ];
}

/** Photos that are not asked, because nothing could be a right answer. */
function unaskedRemark(unasked: number, all: number): Remark[] {
  if (unasked === 0) return [];
  const none = unasked === all ? ": nothing was measured on them" : "";
  return [
    {
      kind: "warning",
      text: `${formatNumber(unasked)} of ${formatNumber(all)} test photos ${unasked === 1 ? "has" : "have"} no other of their class by another item, so no search could answer them${none === "" ? "; they are left out" : none}`,
    },
  ];
}

function comparison(figures: readonly Figure[], { name }: SimilarityMeasure): Chart {
  const own = figures.filter((one) => one.name === name && one.against === undefined);
  return {
    form: "intervals",
    title: "Search by photo: network and plain searches",
    caption: `${name} on the same test photos, 95% intervals by item.${own.some(({ subject }) => subject === "random network") ? " The random network has the same layers and no training." : ""}`,
    xLabel: "search",
    yLabel: name,
    points: own.map(({ subject, value, interval }) => ({
      x: subject,
      y: value,
      interval,
      label: formatNumber(value, 3),
    })),
  };
}

function classChart(figures: readonly Figure[], { name }: SimilarityMeasure): Chart {
  return {
    form: "intervals",
    title: "By class",
    caption: `${name} of the network by the class of the photo that asks, 95% intervals by item. A small class has a wide interval.`,
    xLabel: "class",
    yLabel: name,
    points: figures.map(({ slice, value, interval, n }) => ({
      x: slice,
      y: value,
      interval,
      label: `${formatNumber(value, 3)}, ${n} items`,
    })),
  };
}

function sample(rows: Int32Array, random: Random): Int32Array {
  return rows.length <= MOST_QUERIES ? rows : random.shuffle(rows.slice()).slice(0, MOST_QUERIES).sort();
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
