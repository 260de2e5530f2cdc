/** The sheets of a design in the order in which they build on each other. */

import type { Sheet } from "../estimate/sheet.ts";
import { growthSheet } from "../steps/1-clarify/sheets/growth.ts";
import { trafficSheet } from "../steps/1-clarify/sheets/traffic.ts";
import { featureMemorySheet } from "../steps/3-data/sheets/feature-memory.ts";
import { requestLogSheet } from "../steps/3-data/sheets/request-log.ts";
import { embeddingsSheet } from "../steps/4-model/sheets/embeddings.ts";
import { stageWorkSheet } from "../steps/4-model/sheets/stage-work.ts";
import { trainingSheet } from "../steps/5-evaluate/sheets/training.ts";
import { cacheSheet } from "../steps/6-deploy/sheets/cache.ts";
import { costSheet } from "../steps/6-deploy/sheets/cost.ts";
import { indexMemorySheet } from "../steps/6-deploy/sheets/index-memory.ts";
import { latencySheet } from "../steps/6-deploy/sheets/latency.ts";
import { queueSheet } from "../steps/6-deploy/sheets/queue.ts";
import { replicasSheet } from "../steps/6-deploy/sheets/replicas.ts";
import { rooflineSheet } from "../steps/6-deploy/sheets/roofline.ts";
import { errorBudgetSheet } from "../steps/7-monitor/sheets/error-budget.ts";
import type { Design } from "../steps/design.ts";

export const SHEETS: readonly Sheet<Design>[] = [
  trafficSheet,
  growthSheet,
  requestLogSheet,
  featureMemorySheet,
  embeddingsSheet,
  stageWorkSheet,
  trainingSheet,
  indexMemorySheet,
  cacheSheet,
  replicasSheet,
  rooflineSheet,
  latencySheet,
  queueSheet,
  costSheet,
  errorBudgetSheet,
];
