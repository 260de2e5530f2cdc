import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { parseDesign } from "../steps/design.ts";
import { type AlertRules, alertRulesOf } from "./alert-rules.ts";
import { grafanaDashboard } from "./dashboard.ts";
import { ofNote } from "./note-label.ts";
import { rulesFile, rulesTests } from "./rules-file.ts";

interface RuleTests {
  readonly tests: readonly { readonly name: string; readonly input_series: readonly unknown[] }[];
}

const hasPromtool = spawnSync("promtool", ["--version"]).error === undefined;
const NOTES = ["movie-recommendations.md", "card-fraud.md"];

function designOf(name: string) {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "designs", name), "utf8");
  const { design } = parseDesign(text, name);
  if (design === undefined) throw new Error(`${name} is no design`);
  return design;
}

const rulesOf = (name: string) => alertRulesOf(designOf(name), name.replace(".md", ""));

/** Of every form that an alert of the kind may have; each breaks alone. */
const FORMS = [
  "health:",
  '  - { metric: latency p95, alert: "> 50 ms", for: 5 m, owner: "the \\"night\\" shift", action: roll back }',
  '  - { metric: error rate, alert: ">= 2%", window: 10 m, owner: me, severity: page, action: look }',
  '  - { metric: cpu utilization, alert: "> 80%", for: 15 m }',
  '  - { metric: memory, alert: "> 90%", for: 1 m, action: add a replica }',
  '  - { metric: request rate, alert: "drop > 50%", for: 10 m, action: check the caller }',
  '  - { metric: fallback rate, alert: "> 2%", action: roll back }',
  "  - { metric: error rate, burn-rate: 14.4x, window: 1 h, short-window: 5 m, action: roll back }",
  "drift:",
  '  - { metric: psi, alert: "> 0.2", window: 1 d, action: retrain }',
  '  - { metric: psi, of: some_feature_90d, alert: ">= 0.25", window: 1 d, action: retrain }',
  '  - { metric: psi, on: prediction, alert: "> 0.2", window: 1 d, action: retrain }',
];
const LABELLED = [
  "quality:",
  '  - { metric: average precision, alert: "drop > 20%", window: 7 d, lag: 7 d, owner: me, severity: page, action: retrain }',
  '  - { metric: average precision, alert: "< 0.3", window: 7 d, lag: 7 d, owner: me, action: retrain }',
  '  - { metric: log loss, alert: "rise > 10%", window: 7 d, lag: 7 d, owner: me, action: retrain }',
  '  - { metric: log loss, alert: "> 0.5", window: 7 d, lag: 7 d, owner: me, action: retrain }',
];
const KINDS: Readonly<Record<string, string>> = {
  recommendation: "test/fixtures/tiny-recommendation.md",
  "fraud-detection": "test/fixtures/small-fraud.md",
  "binary-classification": "test/fixtures/click-prediction.md",
  "visual-search": "designs/visual-search.md",
};

function everyForm(kind: string): AlertRules {
  const text = readFileSync(join(import.meta.dirname, "..", "..", KINDS[kind]), "utf8");
  const [before] = text.split(/^## 7\..*$/mu);
  // What is no quality is of every kind alike: for the others some forms do.
  const isLabelled = kind === "binary-classification";
  const facts = [
    ...(isLabelled ? [...FORMS, ...LABELLED] : FORMS.filter((_, at) => at < 2 || at > 7)),
    "data-quality: [freshness]",
    "skew-check: { limit: 1% }",
  ];
  const stated = before
    .replace(/^latency: .*$/mu, "$&\navailability: 99.9%\nfreshness: 1 d")
    .replace(/^serving: \{/mu, "serving: { memory: 2 GB,");
  const written = `${stated}## 7. Monitoring and continuous improvement\n\n\`\`\`yaml\n${facts.join("\n")}\n\`\`\`\n`;
  const { design, findings } = parseDesign(written, `${kind}.md`);
  if (design === undefined) throw new Error(findings.map(({ message }) => message).join("; "));
  return alertRulesOf(design, `every "form" of ${kind}`);
}

/** Each of the notes' rules in a file of its own, and the tests of the first, in which the others' services are quiet or gone. */
function promtool(made: AlertRules, ...others: readonly AlertRules[]) {
  const folder = temporaryFolder();
  const files = [made, ...others].map((_, at) => `heptad.rules${at === 0 ? "" : at}.yml`);
  for (const [at, one] of [made, ...others].entries()) writeFileSync(join(folder, files[at]), rulesFile(one));
  const tests: RuleTests = parse(rulesTests(made, files[0]));
  const quiet = others.flatMap((one) => {
    const { tests: own }: RuleTests = parse(rulesTests(one, ""));
    return own.find(({ name }) => name === "a quiet service")?.input_series ?? [];
  });
  const mixed = tests.tests.map((one) => ({ ...one, input_series: [...one.input_series, ...quiet] }));
  writeFileSync(join(folder, "heptad.rules.test.yml"), stringify({ ...tests, rule_files: files, tests: mixed }));
  const check = spawnSync("promtool", ["check", "rules", "heptad.rules.yml"], { cwd: folder, encoding: "utf8" });
  const test = spawnSync("promtool", ["test", "rules", "heptad.rules.test.yml"], { cwd: folder, encoding: "utf8" });
  return { check, test };
}

describe("the alert rules of a note", () => {
  it("say of each alert either its rule or why there is none", () => {
    const { rules, left } = rulesOf("movie-recommendations.md");
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
      'histogram_quantile(0.99, sum by (le) (rate(heptad_request_seconds_bucket{note="movie-recommendations"}[300s]))) > 0.1',
    );
    // 14.4 times the budget of 99.9 %.
    expect(rules[5].expression).toContain("> 0.0144 and ");
    expect([rules[0].holdsFor, rules[5].window]).toEqual([300, 3600]);
    // The note's freshness is a day.
    expect(rules[8].expression).toBe('heptad_newest_event_age_seconds{note="movie-recommendations"} > 86400');
  });

  it("watch the feed and the arms only where the note asks for it", () => {
    const design = designOf("movie-recommendations.md");
    const names = (changed: Partial<typeof design>) =>
      alertRulesOf({ ...design, ...changed }, "movies").rules.map(({ name }) => name);
    expect(names({ monitor: { ...design.monitor, "data-quality": ["schema"] } })).not.toContain("EventsAreOld");
    expect(names({ clarify: { ...design.clarify, freshness: undefined } })).not.toContain("EventsAreOld");
    const { experiment } = design.deploy;
    expect(names({ deploy: { ...design.deploy, experiment: { ...experiment, "srm-check": false } } })).not.toContain(
      "SampleRatio",
    );
    expect(names({ deploy: { ...design.deploy, experiment: undefined } })).not.toContain("SampleRatio");
    expect(names({})).not.toContain("FeatureSkew");
    const skewed = rulesOf("card-fraud.md").rules.find(({ name }) => name === "FeatureSkew");
    expect(skewed?.expression).toBe('max without (model) (heptad_skew_share{note="card-fraud"}) > 0');
  });

  it.skipIf(!hasPromtool).each(NOTES)(
    "of %s ring after their `for:` for their fault and no other, and never in quiet (promtool)",
    (name) => {
      const { check, test } = promtool(rulesOf(name));
      expect(check.stdout + check.stderr).toContain("SUCCESS");
      expect(test.stdout + test.stderr).not.toContain("FAILED");
      expect(test.status).toBe(0);
    },
  );

  it.skipIf(!hasPromtool).each(Object.keys(KINDS))(
    "of every form that %s may state are right by their own tests (promtool)",
    (kind) => {
      const made = everyForm(kind);
      const names = made.rules.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(names.length).toBeGreaterThanOrEqual(kind === "binary-classification" ? 16 : 5);
      const { check, test } = promtool(made);
      expect(check.stdout + check.stderr).toContain("SUCCESS");
      expect(test.stdout + test.stderr).not.toContain("FAILED");
      expect(test.status).toBe(0);
    },
    60_000,
  );

  it.skipIf(!hasPromtool)(
    "of two notes that one Prometheus reads ring each for its own service alone (promtool)",
    () => {
      const [movies, fraud] = NOTES.map(rulesOf);
      const shared = movies.rules
        .map(({ name }) => name)
        .filter((name) => fraud.rules.some((one) => one.name === name));
      expect(shared.length).toBeGreaterThan(0);
      // The rules of both are of one form: one direction tells of the other.
      const { check, test } = promtool(movies, fraud);
      expect(check.stdout + check.stderr).toContain("SUCCESS");
      expect(test.stdout + test.stderr).not.toContain("FAILED");
      expect(test.status).toBe(0);
      expect([parse(rulesFile(movies)), parse(rulesFile(fraud))].map(({ groups }) => groups[0].name)).toEqual([
        "heptad movie-recommendations",
        "heptad card-fraud",
      ]);
    },
    60_000,
  );

  it("of a note ask every series of the service for the note, whatever else they ask it for", () => {
    for (const name of NOTES) {
      const { rules, note } = rulesOf(name);
      const { panels } = JSON.parse(grafanaDashboard(designOf(name), rulesOf(name)));
      const asked = [
        ...rules.map(({ expression }) => expression),
        ...panels.flatMap(({ targets }: { targets: { expr: string }[] }) => targets.map(({ expr }) => expr)),
      ];
      for (const expression of asked) {
        const series = expression.match(/(?:heptad_\w+|ALERTS)/gu) ?? [];
        expect([expression, expression.split(`note="${note}"`).length - 1]).toEqual([expression, series.length]);
      }
    }
    expect(ofNote('max(heptad_a{of="} heptad_b{"}) / heptad_c{} > heptad_d[5m]', 'a "b"')).toBe(
      'max(heptad_a{note="a \\"b\\"",of="} heptad_b{"}) / heptad_c{note="a \\"b\\""} > heptad_d{note="a \\"b\\""}[5m]',
    );
  });

  it.skipIf(!hasPromtool)("are tested by tests that fail when a limit or a `for:` is another", () => {
    const made = rulesOf("movie-recommendations.md");
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
    const made = alertRulesOf(design, "movies");
    const { panels } = JSON.parse(grafanaDashboard(design, made));
    expect(panels[0].fieldConfig.defaults.thresholds.steps[1].value).toBe(0.1);
    expect(panels.at(-1).targets).toHaveLength(made.rules.length);
    expect(new Set(panels.map(({ id }: { id: number }) => id)).size).toBe(panels.length);
  });
});
