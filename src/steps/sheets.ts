/** The sheets of a design in the order in which they build on each other. */

import type { Sheet } from "../estimate/sheet.ts";
import { growthSheet } from "./1-clarify/sheets/growth.ts";
import { trafficSheet } from "./1-clarify/sheets/traffic.ts";
import { featureMemorySheet } from "./3-data/sheets/feature-memory.ts";
import { requestLogSheet } from "./3-data/sheets/request-log.ts";
import { embeddingsSheet } from "./4-model/sheets/embeddings.ts";
import { trainingSheet } from "./5-evaluate/sheets/training.ts";
import { costSheet } from "./6-deploy/sheets/cost.ts";
import { indexMemorySheet } from "./6-deploy/sheets/index-memory.ts";
import { latencySheet } from "./6-deploy/sheets/latency.ts";
import { queueSheet } from "./6-deploy/sheets/queue.ts";
import { replicasSheet } from "./6-deploy/sheets/replicas.ts";
import { rooflineSheet } from "./6-deploy/sheets/roofline.ts";
import { errorBudgetSheet } from "./7-monitor/sheets/error-budget.ts";
import type { Design } from "./design.ts";

export const SHEETS: readonly Sheet<Design>[] = [
  trafficSheet,
  growthSheet,
  requestLogSheet,
  featureMemorySheet,
  embeddingsSheet,
  trainingSheet,
  indexMemorySheet,
  replicasSheet,
  rooflineSheet,
  latencySheet,
  queueSheet,
  costSheet,
  errorBudgetSheet,
];
