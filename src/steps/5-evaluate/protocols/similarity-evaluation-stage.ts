/** The stage that judges a search by photo: network and baselines on the same test photos, chosen before on validation photos, by class. */

import { bestMeasured, meanOfMeasured } from "../../../core/mean-of-measured.ts";
import type { Random } from "../../../core/random.ts";
import { EVALUATION_STAGE } from "../../../system/evaluation.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { PHOTO_SPLIT_STAGE, splitFromStored } from "../../3-data/pictures/photo-split-stage.ts";
import { independentUnits } from "../../3-data/pictures/split-items.ts";
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import { networkFromStored } from "../../4-model/convolution/embedding-stages.ts";
import {
  PHOTO_VECTORS_STAGE,
  type PhotoSubject,
  photoSubjects,
  vectorsFromStored,
} from "../../4-model/convolution/photo-vectors-stage.ts";
import { accuracyFigures, classVectorsOf } from "./class-accuracy.ts";
import { contactSheet } from "./contact-sheet.ts";
import { embeddingMap } from "./embedding-map.ts";
import { keepRequests } from "./pair-evaluations.ts";
import { classChart, searchesChart } from "./similarity-charts.ts";
import {
  classFigures,
  differenceFigures,
  type JudgedSearch,
  ownFigures,
  valuesOf,
  withoutSiblings,
} from "./similarity-figures.ts";
import { similarityMeasures } from "./similarity-measures.ts";
import { similarityRemarks, unaskedRemark, unmadeSlicesRemark, unseenClassesRemark } from "./similarity-remarks.ts";
import { answerable, type SimilaritySearch, searchPhotos } from "./similarity-search.ts";
import { PLAIN_SEARCHES, type PlainSearch } from "./stated-search.ts";

interface SimilarityPlan {
  /** The stage of a network that learned its classes; null where it came as a file. */
  readonly classified: string | null;
  /** Names of the note's offline metrics; the first decides. */
  readonly metrics: readonly string[];
  /** The plain search that the note names as its baseline; null where it names none, and the better one on validation photos stands in. */
  readonly stated: PlainSearch | null;
  /** Parts that the note wants reported apart. */
  readonly slices: readonly string[];
}

export function similarityEvaluationStage(
  metrics: readonly string[],
  classified: string | null,
  stated: PlainSearch | null,
  slices: readonly string[],
): Stage {
  return stage<SimilarityPlan>({
    name: EVALUATION_STAGE,
    step: 5,
    title: "searching by photo",
    inputs: [PICTURES_STAGE, PHOTO_SPLIT_STAGE, PHOTO_VECTORS_STAGE, ...(classified === null ? [] : [classified])],
    data: NO_FILES,
    plan: { metrics, classified, stated, slices },
    run: judge,
  });
}

/** Photos of a part that ask: a search compares each with all others, so a large part is sampled. */
const MOST_QUERIES = 2000;

async function judge(
  { metrics, classified, stated, slices }: SimilarityPlan,
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
  const baseline = stated ?? best(PLAIN_SEARCHES);
  const chosen = best([baseline, "network"]);
  const unit = independentUnits(split.group, item);
  const units = queries.map((row) => unit[row]);
  const values = new Map(
    subjects.map((subject): [PhotoSubject, Float64Array] => [subject, valuesOf(searches, subject, headline)]),
  );
  const judged: JudgedSearch = { searches, measures, units, baseline, random };
  const plain = PLAIN_SEARCHES.filter((one) => one !== baseline);
  const besidePlain = plain.flatMap((one) => differenceFigures({ ...judged, baseline: one }, "network"));
  const overall = [
    ...subjects.flatMap((subject) => [...ownFigures(judged, subject), ...differenceFigures(judged, subject)]),
    ...besidePlain,
  ].filter(({ value }) => Number.isFinite(value));
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
          { label, group: unit, train: split.rowsOf("train"), test: split.rowsOf("test") },
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
      ...(stated === null ? { standsIn: true } : {}),
      plain,
      contenders: subjects.map((subject) => ({
        subject,
        role: subject === baseline ? "baseline" : subject === "network" ? "system" : "single",
      })),
    },
    arrays: keepRequests(units, values),
    figures: [...overall, ...accuracy, ...byClass, ...leak],
    remarks: [
      ...unaskedRemark(unasked, split.rowsOf("test").length),
      ...unmadeSlicesRemark(slices, classes),
      ...unseenClassesRemark(classes, split.rowsOf("test"), queries, label),
      ...similarityRemarks(overall, {
        headline,
        baseline,
        stated,
        chosen,
        validated: earlier.length === 0 ? new Map() : validated,
        queries: queries.length,
        classes: byClass,
        byPhoto: isByPhoto(split.group),
        leak: leak.at(0),
      }),
    ],
    charts: [
      searchesChart(overall, headline),
      classChart(byClass, headline),
      ...(await contactSheet(searches.get("network") ?? [], headline, { set, label, classes }, environment.pictures)),
      embeddingMap(vectorsFromStored(stored, "network"), queries, label, classes, random.fork("map")),
    ],
  });
}

function isByPhoto(group: Int32Array): boolean {
  return new Set(group).size === group.length;
}

function sample(rows: Int32Array, random: Random): Int32Array {
  return rows.length <= MOST_QUERIES ? rows : random.shuffle(rows.slice()).slice(0, MOST_QUERIES).sort();
}
