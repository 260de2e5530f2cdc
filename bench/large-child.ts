/** Reads, splits and counts features of a large log in a process of its own, and says what each part took; started by `large.bench.ts`. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import { interactionSourceOf } from "../src/kinds/recommendation/interaction-source.ts";
import { INTERACTIONS_STAGE, interactionsStage } from "../src/kinds/recommendation/interactions-stage.ts";
import { openEnvironment, processorSeconds } from "../src/node/run-environment.ts";
import { buildFeatures } from "../src/steps/3-data/features/build-features.ts";
import type { FeatureRequests } from "../src/steps/3-data/features/event-stream.ts";
import { declaredFeatures } from "../src/steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../src/steps/3-data/features/feature-plan.ts";
import { pairRequests, rankedStream } from "../src/steps/3-data/features/ranked-stream.ts";
import { preferencesOf } from "../src/steps/3-data/preferences.ts";
import { type RankedTask, rankedTaskFromStored } from "../src/steps/3-data/ranked-task.ts";
import { partCode } from "../src/steps/3-data/split/split.ts";
import { relevanceOf, timeSplitStage } from "../src/steps/3-data/split/time-split-stage.ts";
import { storedUint8 } from "../src/steps/3-data/stored-columns.ts";
import { type Design, parseDesign } from "../src/steps/design.ts";
import type { Stage, StageResult } from "../src/system/stage.ts";
import type { LargePart } from "./large.bench.ts";

const [, , note] = process.argv;
const design = designOf(note);
const { environment, close } = await openEnvironment({ threads: 2 });
const results = new Map<string, StageResult>();
const random = createRandom(7);

await part("read", async () => {
  const source = interactionSourceOf(design.data, (path) => join(dirname(note), path));
  await execute(interactionsStage(source, "", preferencesOf(design.frame)));
});
await part("split", () =>
  execute(timeSplitStage(INTERACTIONS_STAGE, design.data, relevanceOf(design.frame.label), { folds: 0 })),
);
const features = await part("features", async () => {
  const task = rankedTaskFromStored(resultOf(INTERACTIONS_STAGE));
  const stream = rankedStream(task);
  const plans = planFeatures(declaredFeatures(design.data), stream);
  return buildFeatures(plans, stream, requestsOf(task));
});
for (const [name, column] of features) process.stdout.write(`${JSON.stringify({ feature: name, ...sumOf(column) })}\n`);
const figures = [...results].flatMap(([, result]) => result.figures.map(({ name, value }) => [name, value]));
process.stdout.write(`${JSON.stringify({ figures })}\n`);
await close();

function designOf(path: string): Design {
  const { design, findings } = parseDesign(readFileSync(path, "utf8"), path);
  if (design === undefined) throw new Error(findings.map(({ message }) => message).join("; "));
  return design;
}

async function execute(stage: Stage): Promise<void> {
  const { paths } = stage.data;
  const input = async (name: string): Promise<StageResult> => resultOf(name);
  results.set(stage.name, await stage.execute({ paths, input, random: random.fork(stage.name), environment }));
}

function resultOf(name: string): StageResult {
  const result = results.get(name);
  if (result === undefined) throw new Error(`${name} has not run`);
  return result;
}

/** Which rows they are of is not kept. */
function requestsOf(task: RankedTask): FeatureRequests {
  const rows = rowsToCount(storedUint8(resultOf("split").arrays, "part"));
  const { unit, item, time } = task.events;
  const pick = (column: Int32Array): Int32Array => rows.map((row) => column[row]);
  const moments = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) moments[at] = time[rows[at]];
  return pairRequests(pick(unit), pick(item), moments, task);
}

/** All rows of validation and test, and of training as many as of validation, in the order of time. */
function rowsToCount(part: Uint8Array): Int32Array {
  const codes = { train: partCode("train"), unused: partCode("unused") };
  let [judged, train] = [0, 0];
  for (const one of part) {
    if (one === codes.train) train++;
    else if (one !== codes.unused) judged++;
  }
  const every = Math.max(1, Math.round(train / (judged / 2)));
  const rows = new Int32Array(judged + Math.ceil(train / every));
  let [next, seen] = [0, 0];
  for (let row = 0; row < part.length; row++) {
    const isWanted = part[row] === codes.train ? seen++ % every === 0 : part[row] !== codes.unused;
    if (isWanted) rows[next++] = row;
  }
  return rows.subarray(0, next);
}

/** What two ways of computing a column must agree in. */
function sumOf(column: Float64Array): { readonly rows: number; readonly missing: number; readonly sum: number } {
  let [missing, sum] = [0, 0];
  for (let row = 0; row < column.length; row++) {
    if (Number.isNaN(column[row])) missing++;
    else sum += column[row] * ((row % 97) + 1);
  }
  return { rows: column.length, missing, sum };
}

async function part<T>(name: LargePart["part"], work: () => Promise<T>): Promise<T> {
  const before = { wall: performance.now(), cpu: processorSeconds() };
  const result = await work();
  const said: LargePart = {
    part: name,
    wall: (performance.now() - before.wall) / 1000,
    cpu: processorSeconds() - before.cpu,
    peak: (process.resourceUsage().maxRSS * 1024) / 2 ** 30,
  };
  process.stdout.write(`${JSON.stringify({ ...said, now: process.memoryUsage.rss() / 2 ** 30 })}\n`);
  return result;
}
