import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { deploySchema } from "../steps/6-deploy/schema.ts";
import { monitorSchema } from "../steps/7-monitor/schema.ts";
import { type Design, parseDesign } from "../steps/design.ts";
import { ignoredFacts, type ServedAs } from "./ignored-facts.ts";

const SERVED: ServedAs = {
  traffic: 0.1,
  improves: false,
  compares: true,
  forgets: true,
  remembers: true,
  profile: new Set(["item_mean_rating_90d", "prediction"]),
  baseline: "baseline",
};

const NOTE = readFileSync(join(import.meta.dirname, "..", "..", "designs", "movie-recommendations.md"), "utf8");

function designOf(text: string): Design {
  const { design } = parseDesign(text, "movie-recommendations.md");
  if (design === undefined) throw new Error("it is no design");
  return design;
}

/** The note with another value of a fact of section 6 or 7. */
function withFact(from: string | RegExp, to: string): Design {
  const changed = NOTE.replace(from, to);
  if (changed === NOTE) throw new Error(`the note has no ${String(from)}`);
  return designOf(changed);
}

const pathsOf = (design: Design, served: Partial<ServedAs> = {}): readonly string[] =>
  ignoredFacts(design, { ...SERVED, ...served }).map(({ path }) => path);
const saysOf = (design: Design, path: string, served: Partial<ServedAs> = {}): string =>
  ignoredFacts(design, { ...SERVED, ...served })
    .filter((one) => one.path === path)
    .map(({ says }) => says)
    .join("; ");

describe("what a note states and the service does not do", () => {
  it("is each guardrail that nothing watches, with where it can be read", () => {
    expect(saysOf(designOf(NOTE), "6.experiment.guardrails")).toMatch(/^catalogue coverage: nothing stops/u);
    const share = withFact("{ metric: p99 latency, margin: 5 ms,", "{ metric: p99 latency, margin: 5%,");
    expect(saysOf(share, "6.experiment.guardrails")).toContain("p99 latency and catalogue coverage: nothing stops");
    const watched = withFact(/guardrails: \[.*\] \}/u, "guardrails: [error rate, failed answers] }");
    expect(pathsOf(watched)).not.toContain("6.experiment.guardrails");
  });

  it("is the experiment where nobody asked for it, and its plan where the option says otherwise", () => {
    expect(saysOf(designOf(NOTE), "6.experiment", { traffic: undefined })).toContain("--experiment");
    expect(pathsOf(designOf(NOTE), { traffic: undefined })).not.toContain("6.experiment.guardrails");
    expect(saysOf(designOf(NOTE), "6.experiment.traffic")).toBe("--experiment decides: 10%, planned 100%");
    expect(pathsOf(designOf(NOTE), { traffic: 1 })).not.toContain("6.experiment.traffic");
    expect(pathsOf(designOf(NOTE))).not.toContain("6.experiment.unit");
    expect(saysOf(withFact("unit: member, metric", "unit: session, metric"), "6.experiment.unit")).toContain("session");
  });

  it("is the metric of an experiment that is not counted, and what is counted in its place", () => {
    const says = (outcome: ServedAs["outcome"], design = designOf(NOTE)) =>
      saysOf(design, "6.experiment.metric", { outcome });
    expect(says({ says: "click events", isMetric: true })).toBe("");
    expect(says({ says: "events that the note wants (rating >= 4)", isMetric: false })).toBe(
      "click-through rate is not counted: in its place are events that the note wants (rating >= 4)",
    );
    expect(says(undefined)).toContain("click-through rate is not counted: the log holds who was shown which arm");
  });

  it("is a run by trigger without the option, and not with it", () => {
    expect(pathsOf(designOf(NOTE))).toContain("7.retrain");
    expect(pathsOf(designOf(NOTE), { improves: true })).not.toContain("7.retrain");
    expect(saysOf(designOf(NOTE), "7.retrain", { improves: true, compares: false })).toContain("a person promotes");
  });

  it("is a drift alert of a feature that the model does not read", () => {
    const drift = /^7\.drift/u;
    expect(pathsOf(designOf(NOTE)).filter((path) => drift.test(path))).toEqual([]);
    expect(saysOf(designOf(NOTE), "7.drift[0]", { profile: new Set() })).toContain("item_mean_rating_90d");
  });

  it("is a check of what comes in that is not made, one for freshness where the note states none among them", () => {
    expect(saysOf(designOf(NOTE), "7.data-quality")).toBe(
      "null-rate, range-or-vocabulary, volume: not checked on what comes in",
    );
    const alone = withFact(/data-quality: \[.*\]/u, "data-quality: [freshness, schema]");
    expect(pathsOf(alone)).not.toContain("7.data-quality");
    const { freshness: _, ...clarify } = alone.clarify;
    expect(saysOf({ ...alone, clarify }, "7.data-quality")).toBe("freshness: not checked on what comes in");
  });

  it("is each alert that nothing measures, and where forgetting does not reach", () => {
    expect(saysOf(designOf(NOTE), "7.quality[0]")).toContain("ndcg@10");
    expect(saysOf(designOf(NOTE), "7.deletion")).toContain("training-set");
    expect(saysOf(designOf(NOTE), "7.deletion", { forgets: false })).toContain("removes nobody");
    expect(pathsOf(designOf(NOTE), { forgets: false, remembers: false })).not.toContain("7.deletion");
  });

  it("is asked of every fact of steps 6 and 7: a new one is done, or said, or is no matter of a service", () => {
    expect(Object.keys(deploySchema.shape).sort()).toEqual(
      // Milestones are of the project.
      ["experiment", "milestones", "rollback", "rollout", "serving"],
    );
    expect(Object.keys(monitorSchema.shape).sort()).toEqual(
      // Risks are a person's; health, drift and quality are alerts.
      [
        ...["audit", "data-quality", "deletion", "drift", "fast-response", "health", "logs", "quality", "retrain"],
        ...["risks", "skew-check", "slices"],
      ],
    );
  });
});
