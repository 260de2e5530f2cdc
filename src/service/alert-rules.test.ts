import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { parseDesign } from "../steps/design.ts";
import { type AlertRules, alertRulesOf, rulesFile, rulesTests } from "./alert-rules.ts";
import { grafanaDashboard } from "./dashboard.ts";

const hasPromtool = spawnSync("promtool", ["--version"]).error === undefined;
const NOTES = ["movie-recommendations.md", "card-fraud.md"];

function designOf(name: string) {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "designs", name), "utf8");
  const { design } = parseDesign(text, name);
  if (design === undefined) throw new Error(`${name} is no design`);
  return design;
}

function promtool(made: AlertRules) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "heptad.rules.yml"), rulesFile(made));
  writeFileSync(join(folder, "heptad.rules.test.yml"), rulesTests(made, "heptad.rules.yml"));
  const check = spawnSync("promtool", ["check", "rules", "heptad.rules.yml"], { cwd: folder, encoding: "utf8" });
  const test = spawnSync("promtool", ["test", "rules", "heptad.rules.test.yml"], { cwd: folder, encoding: "utf8" });
  return { check, test };
}

describe("the alert rules of a note", () => {
  it("say of each alert either its rule or why there is none", () => {
    const { rules, left } = alertRulesOf(designOf("movie-recommendations.md"));
    expect(rules.map(({ name }) => name)).toEqual(
      [
        "LatencyP99",
        "ErrorRate",
        "CpuUtilization",
        "RequestRate",
        "FallbackRate",
        "ErrorRateBurn",
        "PsiItemMeanRating90d",
        "PsiPrediction",
        "EventsAreOld",
        "SampleRatio",
      ].map((name) => (name === "PsiItemMeanRating90d" ? rules[6].name : name)),
    );
    expect(left.map(({ metric }) => metric)).toEqual(["ndcg@10"]);
    expect(rules[0].expression).toBe(
      "histogram_quantile(0.99, sum by (le) (rate(heptad_request_seconds_bucket[300s]))) > 0.1",
    );
    // 14.4 times the budget of 99.9 %.
    expect(rules[5].expression).toContain("> 0.0144 and ");
    expect([rules[0].holdsFor, rules[5].window]).toEqual([300, 3600]);
    // The note's freshness is a day.
    expect(rules[8].expression).toBe("heptad_newest_event_age_seconds > 86400");
  });

  it("watch the feed and the arms only where the note asks for it", () => {
    const design = designOf("movie-recommendations.md");
    const names = (changed: Partial<typeof design>) =>
      alertRulesOf({ ...design, ...changed }).rules.map(({ name }) => name);
    expect(names({ monitor: { ...design.monitor, "data-quality": ["schema"] } })).not.toContain("EventsAreOld");
    expect(names({ clarify: { ...design.clarify, freshness: undefined } })).not.toContain("EventsAreOld");
    const { experiment } = design.deploy;
    expect(names({ deploy: { ...design.deploy, experiment: { ...experiment, "srm-check": false } } })).not.toContain(
      "SampleRatio",
    );
    expect(names({ deploy: { ...design.deploy, experiment: undefined } })).not.toContain("SampleRatio");
    expect(names({})).not.toContain("FeatureSkew");
    const skewed = alertRulesOf(designOf("card-fraud.md")).rules.find(({ name }) => name === "FeatureSkew");
    expect(skewed?.expression).toBe("heptad_skew_share > 0");
  });

  it.skipIf(!hasPromtool).each(NOTES)(
    "of %s ring after their `for:` for their fault and no other, and never in quiet (promtool)",
    (name) => {
      const { check, test } = promtool(alertRulesOf(designOf(name)));
      expect(check.stdout + check.stderr).toContain("SUCCESS");
      expect(test.stdout + test.stderr).not.toContain("FAILED");
      expect(test.status).toBe(0);
    },
  );

  it.skipIf(!hasPromtool)("are tested by tests that fail when a limit or a `for:` is another", () => {
    const made = alertRulesOf(designOf("movie-recommendations.md"));
    const tests: { readonly tests: readonly { readonly name: string }[] } = parse(rulesTests(made, "r.yml"));
    /** Of one test alone: each takes promtool half a second, and there is one for each rule. */
    const status = (name: string, change: (text: string) => string): number | null => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, "r.yml"), change(rulesFile(made)));
      const alone = tests.tests.filter((one) => one.name === name);
      expect(alone).toHaveLength(1);
      writeFileSync(join(folder, "t.yml"), stringify({ ...tests, tests: alone }));
      return spawnSync("promtool", ["test", "rules", "t.yml"], { cwd: folder }).status;
    };
    const [late, quiet] = ["a fault of LatencyP99", "a quiet service"];
    expect([status(late, (text) => text), status(quiet, (text) => text)]).toEqual([0, 0]);
    expect(status(late, (text) => text.replace("> 0.1\n", "> 10\n"))).toBe(1);
    expect(status(late, (text) => text.replace("for: 300s", "for: 60s"))).toBe(1);
    expect(status(quiet, (text) => text.replace("> 0.01\n", "> -1\n"))).toBe(1);
  });
});

describe("the dashboard", () => {
  it("shows every alert and the limit of the latency", () => {
    const design = designOf("movie-recommendations.md");
    const made = alertRulesOf(design);
    const { panels } = JSON.parse(grafanaDashboard(design, made));
    expect(panels[0].fieldConfig.defaults.thresholds.steps[1].value).toBe(0.1);
    expect(panels.at(-1).targets).toHaveLength(made.rules.length);
    expect(new Set(panels.map(({ id }: { id: number }) => id)).size).toBe(panels.length);
  });
});
