import { expect, test } from "vitest";
import { METRICS } from "./catalogue.ts";
import { parseMetric } from "./parse-metric.ts";

function nameOf(text: string): string {
  const outcome = parseMetric(text);
  return outcome.ok ? outcome.value.name : outcome.failure.message;
}

test("reads the names that notes use, in any case, with spaces and aliases", () => {
  expect(nameOf("ndcg@10")).toBe("ndcg@10");
  expect(nameOf(" NDCG @ 10 ")).toBe("ndcg@10");
  expect(nameOf("mean average precision@5")).toBe("map@5");
  expect(nameOf("hit ratio@20")).toBe("hit rate@20");
  expect(nameOf("mrr")).toBe("mrr");
  expect(nameOf("catalog coverage")).toBe("catalogue coverage");
});

test("keeps a named variant in the canonical name, and leaves the default out", () => {
  expect(nameOf("ndcg@10 by exponential")).toBe("ndcg@10 by exponential");
  expect(nameOf("ndcg@10 (exponential)")).toBe("ndcg@10 by exponential");
  expect(nameOf("ndcg@10 by linear")).toBe("ndcg@10");
  expect(nameOf("map@5 by R")).toBe("map@5 by R");
  expect(nameOf("map@5 by min(k, R)")).toBe("map@5");
});

test("refuses an unknown name with the nearest known one", () => {
  const outcome = parseMetric("ndgc@10");
  expect(outcome.ok ? "" : outcome.failure.fix).toContain("ndcg");
});

test.each(["ndcg", "ndcg@0", "recall", "ndcg@10 by magic", "", "@10", "x".repeat(5000)])("refuses `%s`", (text) => {
  expect(parseMetric(text).ok).toBe(false);
});

test("every canonical name and alias is found, and no two metrics share one", () => {
  const seen = new Set<string>();
  for (const metric of METRICS) {
    for (const name of [metric.name, ...metric.aliases]) {
      expect(seen.has(name)).toBe(false);
      seen.add(name);
      const outcome = parseMetric(metric.cutoff === "required" ? `${name}@7` : name);
      expect(outcome.ok && outcome.value.definition).toBe(metric);
    }
  }
});
