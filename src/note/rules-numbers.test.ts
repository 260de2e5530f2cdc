import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { noteOfExample } from "../review/example.ts";
import { review } from "../review/review.ts";
import type { Example } from "../review/rule.ts";
import { parseDesign } from "../steps/design.ts";
import { estimateDesign } from "./estimate-design.ts";
import { RULES } from "./rules.gen.ts";

function findingsOf(code: string, example: Example) {
  const rule = RULES.find((one) => one.code === code);
  const { design, findings } = parseDesign(noteOfExample(example), "example.md");
  if (rule === undefined || design === undefined) throw new Error(`${code} is no rule, or its example no design`);
  expect(findings).toEqual([]);
  return review(design, [rule]).findings;
}

/** What the bad example's finding says, all of it. */
function sayingsOf(code: string): string {
  const rule = RULES.find((one) => one.code === code);
  const [found] = rule === undefined ? [] : findingsOf(code, rule.examples.bad);
  return [found.message, found.label, found.fix, ...(found.related ?? []).map(({ message }) => message)].join("\n");
}

describe("numbers that rules compute, checked against hand calculations", () => {
  it.each([
    ["HP106", "4,320 requests per user and day", "5000 × 86,400 / 100,000"],
    ["HP207", "13.8% of the alerts are true", "0.002·0.8 / (0.002·0.8 + 0.998·0.01)"],
    ["HP215", "8,000 alerts", "2,000,000 × 0.004"],
    ["HP215", "96.3% would go unread", "1 − 300 / 8,000"],
    ["HP303", "the last 23 d of training", "30 − 7"],
    ["HP304", "its last 38 d", "45 − 7"],
    ["HP305", "`delay: 16 d`", "14 + 2"],
    ["HP309", "a precision of 98.8% there is 13.8% in the world", "0.8·0.5 / (0.8·0.5 + 0.01·0.5)"],
    ["HP312", "= 201 d", "90 + 45 + 7 + 45 + 14"],
    ["HP312", "21 d too many", "201 − 180"],
    ["HP313", "±0.111", "1.96 √(0.8·0.2 / 50)"],
    ["HP315", "stands for 0.021", "0.30 / (0.30 + 0.70 / 0.05)"],
    ["HP327", "of 5,000 test rows up to 200 may have one", "5,000 × 0.04"],
    ["HP403", "1.67 min on one core (6.25 s on 16)", "20,000,000 × 5 µs = 100 s"],
    ["HP404", "240 ms", "2,000 × 120 µs"],
    ["HP405", "= 235 ms", "15 + 40 + 120 + 40 + 20"],
    ["HP406", "in time for 81.8% of the requests, so 18.2% are late", "0.99^20 = 0.8179"],
    ["HP406", "p99.95", "0.99^(1/20) = 0.99950"],
    ["HP407", "= 64 GB for hnsw", "50,000,000 × (1,024 + 256) B"],
    ["HP408", "58.9 GB for a moment", "2 × 23,000,000 × 1,280 B"],
    ["HP410", "7.6 each", "500,000 / 65,536"],
    ["HP509", "1.43 times faster", "1 / (0.6 + 0.4 / 4)"],
    ["HP604", "= 120 in flight", "3,000 × 0.04"],
    ["HP604", "hold 58", "6 × 16 × 0.6 = 57.6"],
    ["HP604", "13 are needed, 14 to lose one", "⌈120 / 9.6⌉ = 13"],
    ["HP606", "$0.0267 per 1,000 predictions", "40 × 1.2 / (500 × 3,600) × 1,000"],
    [
      "HP607",
      "752,703 units per arm",
      "(1.95996 √(2·0.0505·0.9495) + 0.84162 √(0.05·0.95 + 0.051·0.949))² / 0.001² = 752,702.5",
    ],
    ["HP607", "give 140,000", "20,000 × 14 / 2"],
    ["HP608", "3 weekdays", "10 mod 7"],
    ["HP609", "19.3%", "Armitage et al. 1969, ten looks"],
    ["HP613", "a 37% chance", "1 − 0.95^9 = 0.3698"],
    ["HP615", "0% of its units", "(14 − 45) / 14 below 0"],
    ["HP620", "370 ms", "180 × 2 + 10"],
    ["HP706", "averages 0.064", "0.0633 in 100,000 draws of NumPy; the limit law, 9 (1/10,000 + 1/150), says 0.0609"],
    ["HP706", "passes 0.12", "0.1211 in 100,000 draws of NumPy; the limit law, 16.919 (1/10,000 + 1/150), says 0.114"],
    ["HP707", "10 false alarms a day", "200 × 0.05"],
    ["HP711", "= 3 errors", "5 × 60 × 0.01"],
    ["HP711", "`for: 4 min`", "10 errors at 0.05 a second are 200 s, up to whole minutes"],
    ["HP712", "43.2 min", "0.001 × 30 d"],
    ["HP712", "in 3 d (a burn rate of 10)", "0.001 × 30 / 0.01"],
    ["HP714", "45 d to 52 d old", "45 + 7"],
    ["HP715", "about 75 d", "30 + 45"],
  ])("%s says %j: %s", (code, words) => {
    expect(sayingsOf(code)).toContain(words);
  });
});

describe("a timeout that is missing", () => {
  const fixesOf = (promised: string, serving: string) =>
    ["HP603", "HP620"].map(
      (code) => findingsOf(code, { 1: promised, 6: `serving: { mode: online${serving} }` })[0]?.fix,
    );

  it.each([
    ["70 ms", "latency: { p99: 100 ms }", ""],
    ["40 ms", "latency: { p99: 100 ms }", ", fallback: { on-timeout: cached list, latency: 60 ms }"],
  ])("is proposed as %s by every rule that asks for one", (timeout, promised, serving) => {
    for (const fix of fixesOf(promised, serving)) expect(fix).toContain(`\`timeout: ${timeout}\``);
  });

  it("is no number where nothing is promised, or where the fallback alone takes as long", () => {
    expect(fixesOf("goal: x", "")[0]).toMatch(
      /`timeout` \(in `serving`\), about 70% of the latency that is promised$/u,
    );
    const [asked, late] = fixesOf(
      "latency: { p99: 100 ms }",
      ", fallback: { on-timeout: cached list, latency: 100 ms }",
    );
    expect(asked).not.toMatch(/timeout: \d/u);
    expect(late).toContain("hold the fallback in memory");
  });
});

describe("severities and defaults", () => {
  const severities = (code: string, example: Example) => findingsOf(code, example).map(({ severity }) => severity);

  it("are milder where the catalogue of a design is nearly balanced", () => {
    const accuracy = (rate: string) => ({
      1: `labels: { positive-rate: ${rate} }`,
      2: "task: binary-classification\nmetrics: { offline: [accuracy] }",
    });
    expect(severities("HP206", accuracy("10%"))).toEqual(["warning"]);
    expect(severities("HP206", accuracy("97%"))).toEqual(["error"]);
    expect(severities("HP206", accuracy("30%"))).toEqual([]);
  });

  it("warn of capacity that holds only while every replica is up", () => {
    const replicas = (n: number) => ({
      1: "requests: { average: 1000/s, peak: 3000/s }",
      6: `serving: { service-time: 40 ms, replicas: ${n}, concurrency: 16, utilization: 60% }`,
    });
    expect([12, 13, 14].map((n) => severities("HP604", replicas(n)))).toEqual([["error"], ["warning"], []]);
  });

  it("count the replicas of a mend as the estimate does, at bounds that rounding only just misses too", () => {
    const random = createRandom(5);
    const between = (least: number, most: number): number => least + random.below(most - least + 1);
    for (let i = 0; i < 60; i++) {
      const peak = 100 * between(5, 400);
      const utilization = i % 3 === 0 ? "" : `, utilization: ${between(5, 19) * 5}%`;
      const serving = `serving: { mode: online, service-time: ${between(1, 90)} ms, replicas: 1, concurrency: ${between(1, 32)}${utilization} }`;
      const written = { 1: `requests: { average: ${peak}/s, peak: ${peak}/s }`, 6: serving };
      const [found] = findingsOf("HP604", written);
      if (found === undefined) continue;
      const { design } = parseDesign(noteOfExample(written), "example.md");
      const sheets = design === undefined ? [] : estimateDesign(design).sheets;
      const answer = sheets.find(({ sheet }) => sheet === "replicas")?.answer?.value ?? Number.NaN;
      expect(found.fix, `${written[1]} ${serving}`).toContain(`replicas: ${answer + 1}\``);
    }
  });

  it("say which value was assumed where the note does not give one", () => {
    const [found] = findingsOf("HP604", {
      1: "requests: { average: 1000/s, peak: 3x }",
      6: "serving: { service-time: 40 ms, replicas: 6, concurrency: 16 }",
    });
    expect(found.message).toContain("0.6 (assumed)");
    const [gap] = findingsOf("HP303", {
      2: "label: { event: cancellation, window: 30 d }",
      3: "split: { by: time, train: 120 d, test: 30 d }",
    });
    expect(gap.message).toContain("there is no gap (counted as 0 d)");
  });

  it("let one rule speak where two look at the same gap", () => {
    const both = {
      1: "labels: { delay: 45 d }",
      2: "label: { event: cancellation, window: 30 d }",
      3: "split: { by: time, train: 120 d, gap: 7 d, test: 30 d }",
    };
    expect(findingsOf("HP303", both)).toHaveLength(1);
    expect(findingsOf("HP304", both)).toHaveLength(0);
  });

  it("ask for the deletion of embeddings and index only where the stages may hold vectors", () => {
    const deleting = (stages: string) => ({
      1: "privacy: { personal: [customer] }",
      4: stages,
      7: "deletion: [raw, features, logs, training-set]",
    });
    expect(findingsOf("HP717", deleting("stages: [{ name: score, kind: ranking, model: boosted-trees }]"))).toEqual([]);
    for (const stages of ["stages: [{ name: near, kind: retrieval, model: als }]", "memorises: true"]) {
      const [found] = findingsOf("HP717", deleting(stages));
      expect(found.message).toBe("a deletion request does not reach `embeddings` and `index`");
    }
  });

  it("take the index of a parallel group, the slowest of it, into the latency once", () => {
    const [found] = findingsOf("HP405", {
      1: "latency: { p99: 100 ms }",
      4: "stages:\n  - { name: a, kind: retrieval, latency: 60 ms, parallel-group: r }\n  - { name: b, kind: retrieval, latency: 50 ms, parallel-group: r }\n  - { name: c, latency: 30 ms }",
      6: "serving: { budget: { network: 20 ms } }",
    });
    expect(found.message).toContain("60 ms a + 30 ms c + 20 ms network = 110 ms");
  });

  it("count a growth in percent as a share of the catalogue", () => {
    const growing = (growth: string) => ({
      1: `items: { count: 10k, growth: ${growth} }`,
      2: "task: ranking",
      4: "cold-start: { user: most-popular }",
      7: "retrain: { every: 7 d }",
    });
    expect(severities("HP414", growing("100/day"))).toEqual(["error"]);
    expect(severities("HP414", growing("1%/day"))).toEqual(["error"]);
    expect(severities("HP414", growing("10/day"))).toEqual(["warning"]);
  });

  it("propose more traffic where there is some and no test of years: HP607 proposed 1,512 days", () => {
    const fixOf = (experiment: string): string => {
      const [found] = findingsOf("HP607", {
        6: `experiment: { unit: user, metric: conversion, baseline: 5%, effect: 2% relative, alpha: 0.05, power: 0.8, ${experiment} }`,
      });
      return found.fix ?? "";
    };
    const years = fixOf("traffic: 10%, units-daily: 20k, duration: 14 d");
    expect(years).not.toMatch(/\d{3} d/u);
    expect(years).toContain("look for a larger effect");
    expect(fixOf("traffic: 10%, units-daily: 40k, duration: 14 d")).toMatch(
      /^give it all of the traffic for \d\d d, /u,
    );
    expect(fixOf("traffic: 100%, units-daily: 40k, duration: 14 d")).toMatch(/^run it \d\d d, /u);
  });
});
