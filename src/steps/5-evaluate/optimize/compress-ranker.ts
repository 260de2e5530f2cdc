/** Smaller rankers: trees pruned of their weakest splits, rounded trees, each beside the ranker it came from. */

import type { Table } from "../../../core/table.ts";
import { rowStarts } from "../../3-data/row-lists.ts";
import { compactTrees, expandTrees, type TreesPrecision } from "../../4-model/models/compact-trees.ts";
import { pruneToShare } from "../../4-model/models/prune-trees.ts";
import { encodeRows, type TreesModel } from "../../4-model/models/trees-model.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import type { RankingRows } from "../../4-model/train/ranking-rows.ts";
import { orderCandidates } from "../../4-model/train/ranking-stage.ts";
import type { RankedPart } from "./variant.ts";

/** The ranker's test rows, and which requests keep the candidates' order. */
export interface RankerTraffic {
  readonly rows: RankingRows;
  readonly requests: number;
  readonly keepsOrder: (request: number) => boolean;
}

/** The ranker as it is. Bytes are those of its compact form with float32 leaves, so that like is compared with like. */
export function wholeRanker(subject: string, model: TreesModel, traffic: RankerTraffic): RankedPart {
  return rankerPart(subject, model, compactTrees(model, "float32").bytes, traffic);
}

/** The ranker with at most `share` of its leaves. */
export function prunedRanker(subject: string, model: TreesModel, share: number, traffic: RankerTraffic): RankedPart {
  const pruned = pruneToShare(model, share);
  return rankerPart(subject, pruned, compactTrees(pruned, "float32").bytes, traffic);
}

/** The ranker with its leaves and thresholds rounded. */
export function quantizedRanker(
  subject: string,
  model: TreesModel,
  precision: TreesPrecision,
  traffic: RankerTraffic,
): RankedPart {
  const compact = compactTrees(model, precision);
  return rankerPart(subject, expandTrees(compact), compact.bytes, traffic);
}

function rankerPart(
  subject: string,
  model: TreesModel,
  bytes: number,
  { rows, requests, keepsOrder }: RankerTraffic,
): RankedPart {
  const scorer = createTreesScorer(model);
  const batches = encodeRequests(model, rows, requests);
  return {
    subject,
    bytes,
    lists: orderCandidates((features: Table) => scorer.margins(features), rows, requests, keepsOrder),
    serve: (i) => void scorer.marginsOf(batches[i]),
  };
}

/** Each request's candidates as the trees read them: what a server holds when it comes to scoring. */
function encodeRequests(model: TreesModel, { request, features }: RankingRows, requests: number): Float64Array[] {
  const width = model.features.length;
  const encoded = encodeRows(model, features);
  const starts = rowStarts(request, requests);
  return Array.from({ length: requests }, (_, i) => encoded.slice(starts[i] * width, starts[i + 1] * width));
}
