/** Finds deletion requests that do not reach every copy. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { list } from "../../../review/words.ts";
import { usesPersonalData } from "../../1-clarify/personal-data.ts";
import { holdsVectors } from "../../4-model/vector-stage.ts";

interface Found extends Hit {
  readonly lacking: readonly string[];
  readonly reachesNone?: boolean;
  readonly deletion?: string;
  readonly every?: string;
}

const PLACES = ["raw", "features", "logs", "embeddings", "index", "training-set"] as const;
/** Copies that only a design with vectors keeps. */
const OF_VECTORS: readonly string[] = ["embeddings", "index"];

export const rule = defineRule<Found>({
  code: "HP717",
  name: "deletion-not-propagated",
  step: 7,
  reads: [
    "7.deletion",
    "7.retrain.every",
    "1.privacy.deletion",
    "1.privacy.personal",
    "4.memorises",
    "4.stages[].index",
    "4.stages[].model",
  ],
  severity: "warning",
  consequence: "harm",
  summary: "a deletion request does not reach every copy of a person's data, or not in time",
  why: "features, logs, embeddings and indexes are copies of the same personal data",
  fix: "write `deletion: [raw, features, logs, embeddings, index, training-set]`, drop the person's embedding and index entry at once, and train again within the promised time",
  sources: ["GDPR (2016), Art. 12(3), 17 and 19", "EDPB (2024), Opinion 28/2024"],
  note: "embeddings and the index are asked for unless the stages of step 4 hold no vectors. Whether a trained model itself holds personal data is decided case by case; the rule asks that it has been thought about (`memorises: false` where it cannot). It is no legal advice",
  examples: {
    bad: { 1: "privacy: { personal: [user_id], deletion: 30 d }", 7: "deletion: [raw, features, logs]" },
    good: {
      1: "privacy: { personal: [user_id], deletion: 30 d }",
      7: "deletion: [raw, features, logs, embeddings, index, training-set]",
    },
  },
  check(design) {
    const uses = usesPersonalData(design);
    if (uses === undefined) return unknown("1.privacy.personal");
    if (!uses) return "not applicable";
    const reached = (design.monitor.deletion ?? []).map((place) => place.toLowerCase().replaceAll(/[\s_]+/gu, "-"));
    const { stages } = design.model;
    // A note that names no stages may hold anything.
    const keepsVectors = stages === undefined || stages.some(holdsVectors);
    const kept = PLACES.filter((place) => keepsVectors || !OF_VECTORS.includes(place));
    const lacking = kept.filter((place) => !reached.includes(place));
    if (lacking.length > 0) return [{ at: "7.deletion", lacking, reachesNone: lacking.length === kept.length }];
    const deletion = design.clarify.privacy?.deletion;
    const every = design.monitor.retrain?.every;
    const tooLate =
      deletion !== undefined &&
      every !== undefined &&
      exceeds(every.value, deletion.value) &&
      design.model.memorises !== false;
    return tooLate
      ? [{ at: "7.retrain.every", also: ["1.privacy.deletion"], lacking, deletion: deletion.text, every: every.text }]
      : [];
  },
  say: ({ lacking, reachesNone, deletion, every }) =>
    lacking.length > 0
      ? {
          message: `a deletion request does not reach ${list(lacking)}`,
          label: reachesNone ? "no `deletion` here" : "and the other copies?",
        }
      : {
          message: `a deletion is promised within ${deletion}, but what the model learned of the person stays until the next training, every ${every}`,
          label: "later than promised",
          also: ["the promise"],
          fix: `train at least every ${deletion}, or write \`memorises: false\` in step 4 with a sentence why`,
        },
});
