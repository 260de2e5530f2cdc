/** The entry of a review thread: reviews its share of the notes and ends. */

import { parentPort, workerData } from "node:worker_threads";
import { type ReviewJob, reviewAll } from "./check-notes.ts";

const job: ReviewJob = workerData;
parentPort?.postMessage(reviewAll(job));
