import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { createRandom } from "../core/random.ts";
import type { FilledSheet } from "../estimate/sheet.ts";
import { type Design, parseDesign } from "../steps/design.ts";
import { estimateDesign, simulateDesign } from "./estimate-design.ts";
import { estimateInputs } from "./estimate-inputs.ts";
import { sweepFact } from "./sweep-fact.ts";
import { vary, withFacts } from "./with-fact.ts";

const NOTE = "test/fixtures/sized-recommendations.md";

function note(sections: Readonly<Record<number, string>>): Design {
  const titles = Object.entries(sections).map(([step, yaml]) => `## ${step}. Section\n\n\`\`\`yaml\n${yaml}\n\`\`\`\n`);
  const text = `---\nheptad: 1\ntitle: A test\nsystem: recommendation\n---\n\n# A test\n\n${titles.join("\n")}`;
  const { design, findings } = parseDesign(text, "test.md");
  if (design === undefined || findings.length > 0) throw new Error(findings.map((one) => one.message).join("; "));
  return design;
}

const movies = (): Design => {
  const { design } = parseDesign(readFileSync(NOTE, "utf8"), NOTE);
  if (design === undefined) throw new Error("the note cannot be read");
  return design;
};

const sheetOf = (design: Design, name: string, subject = ""): FilledSheet => {
  const found = estimateDesign(design).sheets.find((one) => one.sheet === name && one.subject.includes(subject));
  if (found === undefined) throw new Error(`no sheet ${name}`);
  return found;
};
const lineOf = (design: Design, sheet: string, line: string, subject = ""): number =>
  sheetOf(design, sheet, subject).lines.find((one) => one.name === line)?.value ?? Number.NaN;

const SMALL = {
  1: "requests: { average: 100/s, peak: 4x }\nlatency: { p99: 100 ms }\nitems: { count: 10M }\navailability: 99.95%\nbudget: $1k/month",
  4: "stages:\n  - { name: candidates, model: two-tower, dimensions: 128, index: { type: exact }, keep: 100 }",
  6: "serving: { budget: { candidates: 40 ms, network: 20 ms }, replicas: 2, concurrency: 4, service-time: 10 ms, price: $100/month }",
};

describe("the estimate of a design", () => {
  it("follows the facts from traffic to cost", () => {
    const design = note(SMALL);
    expect(lineOf(design, "traffic", "peak")).toBe(400);
    expect(lineOf(design, "replicas", "in_flight")).toBeCloseTo(4, 12);
    expect(lineOf(design, "replicas", "replicas")).toBe(2);
    expect(lineOf(design, "index", "total", ": flat")).toBe(10e6 * 128 * 4);
    expect(lineOf(design, "latency", "total")).toBeCloseTo(0.06, 12);
    expect(lineOf(design, "queue", "utilization")).toBeCloseTo(0.5, 12);
    expect(lineOf(design, "error-budget", "budget")).toBeCloseTo(0.0005 * 30 * 86_400, 6);
    const month = 730 * 3600;
    const stored = ((100 * 86_400 * 1000 * 365) / 4 / 1e9) * 0.02;
    expect(lineOf(design, "cost", "total") * month).toBeCloseTo(200 + stored + 100 * 2000 * 1e-10 * month, 6);
    expect(lineOf(design, "cost", "per_thousand")).toBeCloseTo((lineOf(design, "cost", "total") / 100) * 1000, 12);
  });

  it("queues what passes the cache at the peak, and the whole peak where there is no cache", () => {
    const used = (six: string) => lineOf(note({ ...SMALL, 6: six }), "queue", "utilization");
    // 400 requests a second of 10 ms on 2 x 4 places.
    expect(used(SMALL[6])).toBeCloseTo((400 * 0.01) / 8, 12);
    const cached = SMALL[6].replace("replicas: 2", "cache: { hit-rate: 75% }, replicas: 2");
    expect(used(cached)).toBeCloseTo((100 * 0.01) / 8, 12);
  });

  it("keeps the request log as long as the note says of logs, or else as long as personal data or history is kept", () => {
    const days = (more: Readonly<Record<number, string>>): number =>
      lineOf(note({ ...SMALL, ...more }), "storage", "raw") / (100 * 86_400 * 1000);
    const privacy = { 1: `${SMALL[1]}\nprivacy: { personal: [member id], retention: 30 d }` };
    expect(days({ ...privacy, 7: "logs: { retention: 7 d }" })).toBeCloseTo(7, 9);
    expect(days(privacy)).toBeCloseTo(30, 9);
    expect(days({ 3: "history: 500 d" })).toBeCloseTo(500, 9);
    expect(days({})).toBeCloseTo(365, 9);
  });

  it("logs the predictions of a note that makes many in a request, and asks for none where it does not say", () => {
    const raw = (predictions: string): number =>
      lineOf(note({ ...SMALL, 1: `${SMALL[1]}\npredictions: ${predictions}` }), "storage", "raw");
    expect(raw("10.8M/day")).toBeCloseTo(10.8e6 * 1000 * 365, -3);
    expect(raw("100/s")).toBeCloseTo(100 * 86_400 * 1000 * 365, -3);
  });

  it("takes a peak written as a rate for what it is", () => {
    const design = note({ ...SMALL, 1: SMALL[1].replace("4x", "1000/s") });
    expect(lineOf(design, "traffic", "peak")).toBe(1000);
  });

  it("sizes the roofline of a flat scan: every vector is read for every request", () => {
    const design = note(SMALL);
    expect(lineOf(design, "roofline", "busy")).toBeCloseTo((10e6 * 128 * 4) / 200e9, 12);
    expect(lineOf(design, "roofline", "replicas")).toBe(Math.ceil((400 * ((10e6 * 128 * 4) / 200e9)) / 0.6));
  });

  it("reads as many bytes a vector as the index stores", () => {
    const read = (index: string): number =>
      lineOf(note({ ...SMALL, 4: SMALL[4].replace("{ type: exact }", index) }), "roofline", "memory_time") * 200e9;
    expect(read("exact-int8")).toBeCloseTo(10e6 * 128, 3);
    expect(read("{ type: ivf-pq, lists: 1000, probes: 10, code-bytes: 16 }")).toBeCloseTo((10e6 * 0.01 + 1000) * 16, 3);
  });

  it("uses the catalogue's device where the note names one, and shows where its price is from", () => {
    const design = note({ ...SMALL, 6: "serving: { hardware: L4, replicas: 2, service-time: 10 ms }" });
    expect(lineOf(design, "roofline", "busy")).toBeCloseTo((10e6 * 128 * 4) / 300e9, 12);
    expect(sheetOf(design, "index", ": flat").limits[0].holds).toBe("the flat index fits one 24 GB L4");
    const priced = note({ ...SMALL, 6: "serving: { hardware: H100, replicas: 2, service-time: 10 ms }" });
    expect(
      sheetOf(priced, "cost")
        .assumptions.map((one) => one.why)
        .join(),
    ).toContain("2026-10-06");
  });

  it("trains a network for 6 FLOP per parameter and example, on the named device or on three that bracket the choice", () => {
    const stages = "stages:\n  - { name: ranking, model: mlp, parameters: 10M, epochs: 3 }";
    const facts = { 1: "labels: { count: 1bn }", 4: stages };
    const open = estimateDesign(note(facts)).sheets.filter((one) => one.sheet === "training");
    expect(open.map((one) => one.subject)).toEqual([
      "ranking on one L4, at least",
      "ranking on one A100 80 GB, at least",
      "ranking on one H100, at least",
    ]);
    expect(open[2].lines.find((one) => one.name === "time")?.value).toBeCloseTo((6 * 10e6 * 3e9) / (989e12 * 0.4), 6);
    const named = estimateDesign(note({ ...facts, 6: "serving: { hardware: T4 }" })).sheets;
    expect(named.filter((one) => one.sheet === "training").map((one) => one.subject)).toEqual([
      "ranking on one T4, at least",
    ]);
  });

  it.each(["cnn", "cross-encoder", "8B decoder", "depthwise-separable cnn", "transformer", "lstm"])(
    "says nothing of training a %s, of whose tokens or places no fact says how many an example has",
    (model) => {
      const stages = `stages:\n  - { name: ranking, model: ${model}, parameters: 10M }`;
      const { sheets } = estimateDesign(note({ 1: "labels: { count: 1bn }", 4: stages }));
      expect(sheets.filter((one) => one.sheet === "training")).toEqual([]);
    },
  );

  it("asks for what is missing, once, with something to write", () => {
    const { missing, sheets } = estimateDesign(note({ 1: "goal: nothing else is known" }));
    expect(missing.map((one) => one.key)).toEqual([
      "1.availability",
      "1.latency.p99",
      "1.requests.average",
      "6.serving.budget",
      "6.serving.replicas",
      "6.serving.service-time",
    ]);
    for (const { example } of missing) expect(example).not.toBe("");
    for (const sheet of sheets) if (sheet.missing.length > 0) expect(sheet.lines).toEqual([]);
  });

  it("says that no traffic at all is an error of that fact, and computes nothing from it", () => {
    const design = note({ ...SMALL, 1: SMALL[1].replace("100/s", "0/s") });
    const { failed, sheets } = estimateDesign(design);
    expect(failed[0].failure?.message).toBe("traffic: no requests arrive");
    expect(failed[0].failure?.where).toBe("1.requests.average");
    for (const name of ["traffic", "storage", "cost", "queue"]) {
      expect(sheets.find((one) => one.sheet === name)?.lines).toEqual([]);
    }
  });

  it("finds that the servers are too few, which is a verdict and no fault of the input", () => {
    const design = note({ ...SMALL, 6: SMALL[6].replace("replicas: 2", "replicas: 1") });
    const queue = sheetOf(design, "queue");
    expect(queue.failure?.message).toContain("more arrives than the servers can serve");
    expect(queue.failureIsVerdict).toBe(true);
    expect(estimateDesign(design).broken.map((one) => one.broken)).toContain("1 replica no longer carries the peak");
  });

  it("sizes no queue and no latency where nobody waits", () => {
    const names = estimateDesign(note({ ...SMALL, 6: "serving: { mode: batch, replicas: 2 }" })).sheets.map(
      (one) => one.sheet,
    );
    for (const online of ["replicas", "queue", "latency"]) expect(names).not.toContain(online);
    expect(names).toContain("cost");
  });

  it("gives finite numbers or a reason for any facts a note may hold", () => {
    const keys = [
      "1.requests.average",
      "1.items.count",
      "1.users.daily",
      "6.serving.service-time",
      "6.serving.price",
      "1.labels.count",
    ];
    const design = unwrap(
      withFacts(note(SMALL), [
        ["1.users.daily", "1M"],
        ["1.labels.count", "1M"],
        ["4.stages[0].factors", "64"],
      ]),
    );
    const variations = keys.map((key) => unwrap(vary(design, key)));
    const extreme = fc.constantFrom(0, 1e-300, 1e-9, 0.5, 1, 7, 1e6, 1e18, 1e300);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: keys.length - 1 }), extreme, (which, value) => {
        for (const { lines, failure, missing, sheet } of estimateDesign(variations[which].at(value)).sheets) {
          for (const line of lines) expect(Number.isFinite(line.value), `${sheet}.${line.name}`).toBe(true);
          if (lines.length === 0) expect(failure !== undefined || missing.length > 0, sheet).toBe(true);
        }
      }),
    );
  });

  it("names the largest part of the cost", () => {
    expect(sheetOf(movies(), "cost").dominant).toMatch(/^serving replicas: \$480\/month, [\d.]+% of the sum$/u);
  });

  it("assumes nothing without saying why", () => {
    for (const { assumptions } of estimateDesign(movies()).sheets) {
      for (const { text, why } of assumptions) expect([text, why].every((one) => one.length > 0)).toBe(true);
    }
  });
});

describe("the simulation of a design", () => {
  it("stays below the sum of the budgets, since 99th percentiles do not add up", () => {
    const design = movies();
    const outcome = simulateDesign(design, estimateDesign(design), createRandom(3), 200_000);
    expect(outcome?.budget).toBeCloseTo(0.075, 12);
    expect(outcome?.p99).toBeLessThan(0.065);
    expect(outcome?.p99).toBeGreaterThan(0.05);
  });

  it("of one stage gives what Erlang's formula gives", () => {
    const design = note(SMALL);
    const estimate = estimateDesign(design);
    const outcome = simulateDesign(design, estimate, createRandom(3), 1_000_000);
    const exact = lineOf(design, "queue", "response_at_quantile");
    expect(((outcome?.p99 ?? 0) - 0.02) / exact).toBeCloseTo(1, 1);
  });

  it("waits for the slowest of the calls of a stage that fans out", () => {
    const wide = note({ ...SMALL, 4: SMALL[4].replace("keep: 100", "keep: 100, fan-out: 100") });
    const [narrow, fanned] = [note(SMALL), wide].map((design) =>
      simulateDesign(withMore(design), estimateDesign(withMore(design)), createRandom(3), 100_000),
    );
    expect(fanned?.p50 ?? 0).toBeGreaterThan((narrow?.p99 ?? 0) * 0.8);
  });

  it("is left out where the design says too little", () => {
    const design = note({ 1: "goal: nothing else is known" });
    expect(simulateDesign(design, estimateDesign(design), createRandom(1), 1000)).toBeUndefined();
  });
});

const withMore = (design: Design): Design => unwrap(withFacts(design, [["6.serving.replicas", "40"]]));

describe("what-ifs", () => {
  it("set a fact as if the note said so, keys that are not there included", () => {
    const design = unwrap(
      withFacts(movies(), [
        ["1.users.daily", "20M"],
        ["6.serving.service-time", "20 ms"],
        ["4.stages[0].factors", "128"],
      ]),
    );
    expect(lineOf(design, "embeddings", "weights", "users")).toBe(20e6 * 128 * 4);
    expect(lineOf(design, "replicas", "in_flight")).toBeCloseTo(24, 9);
    expect(design.text).toContain("# ranking | retrieval");
  });

  it.each([
    ["1.users.dayly", "20M", "there is no fact `dayly` in `users`", "did you mean `daily`?"],
    [
      "1.requests.average",
      "3 GB/ms",
      "`3 GB/ms` is byte/second, but a rate of events belongs here",
      "write it like `400/s`",
    ],
    ["1.users.daily", "-5", "`-5` is out of range: a count belongs here", "write it like `2M`"],
    [
      "users.daily",
      "5",
      "`users` is no section",
      "a path begins with one of 1 (clarify), 2 (frame), 3 (data), 4 (model), 5 (evaluate), 6 (deploy), 7 (monitor)",
    ],
    ["1.users.daily.of", "5", "there is no fact `of` in `users.daily`", "it holds one value"],
  ])("refuse %s=%s", (key, value, message, fix) => {
    const outcome = withFacts(movies(), [[key, value]]);
    expect(outcome.ok).toBe(false);
    if (!outcome.ok) expect([outcome.failure.message, outcome.failure.fix]).toEqual([message, fix]);
  });

  it("replace one number at once, and give what reading the note anew gives", () => {
    const design = movies();
    const variation = unwrap(vary(design, "1.items.count"));
    const anew = unwrap(withFacts(design, [["1.items.count", "5M"]]));
    const quick = estimateDesign(variation.at(5e6)).sheets.map((one) => one.lines.map((line) => line.value));
    expect(quick).toEqual(estimateDesign(anew).sheets.map((one) => one.lines.map((line) => line.value)));
    expect(vary(design, "1.goal")).toMatchObject({
      ok: false,
      failure: { code: "no-quantity", where: "1.goal", fix: "set it first: --set 1.goal=…" },
    });
    expect(vary(design, "1.__proto__").ok).toBe(false);
  });
});

describe("a sweep", () => {
  it("names where each index stops fitting, at the very number", () => {
    const design = note(SMALL);
    const { sweep } = unwrap(sweepFact(design, "1.items.count", "1M..1bn"));
    const flat = sweep.crossings.find((one) => one.above === "the flat index no longer fits one 24 GB machine");
    expect((flat?.x ?? 0) / (24e9 / 512)).toBeCloseTo(1, 5);
    expect(sweep.crossings.map((one) => one.x)).toEqual(sweep.crossings.map((one) => one.x).sort((a, b) => a - b));
    expect(sweep.series.map((one) => one.sheet)).toContain("index");
    expect(sweep.series.map((one) => one.sheet)).not.toContain("error-budget");
  });

  it("leaves a gap where there is no answer", () => {
    const { sweep } = unwrap(sweepFact(note(SMALL), "1.requests.average", "50/s..500/s"));
    const queue = sweep.series.find((one) => one.sheet === "queue");
    expect(queue?.values.at(0)).toBeGreaterThan(0);
    expect(queue?.values.at(-1)).toBeNaN();
    expect(sweep.crossings.some((one) => one.above.includes("more arrives than the servers can serve"))).toBe(true);
  });

  it("ends at zero too, and says whole numbers as such", () => {
    const { sweep } = unwrap(sweepFact(note(SMALL), "1.items.count", "0..1bn"));
    expect(sweep.crossings[0].x).toBeGreaterThanOrEqual(0);
    const busy = note({ ...SMALL, 1: SMALL[1].replace("100/s", "500/s") });
    const replicas = unwrap(sweepFact(busy, "6.serving.replicas", "1..20")).sweep;
    expect(replicas.isWhole).toBe(true);
    for (const x of [...replicas.points, ...replicas.crossings.map((one) => one.x)])
      expect(Number.isInteger(x)).toBe(true);
    expect(replicas.crossings.find((one) => one.above === "waiting at the peak can be computed")?.x).toBe(6);
  });

  it("finds the limit when the limit itself is swept", () => {
    const { sweep } = unwrap(sweepFact(note(SMALL), "1.latency.p99", "20 ms..200 ms"));
    const found = sweep.crossings.find((one) => one.above.startsWith("the budgets fit"));
    expect(found?.x).toBeCloseTo(0.06, 6);
    expect(found?.above).toBe("the budgets fit the p99 of 60 ms");
  });

  it("writes a share as one", () => {
    expect(unwrap(sweepFact(note(SMALL), "1.availability", "90%..99.99%")).as).toBe("share");
  });

  it("moves a fact that the note does not hold", () => {
    const { sweep } = unwrap(sweepFact(movies(), "6.serving.utilization", "10%..100%"));
    expect(sweep.series.map((one) => one.sheet)).toContain("replicas");
  });

  it.each([
    ["1M", "`1M` is no range"],
    ["5M..1M", "the range 5M..1M does not rise"],
    ["1 GB..2 GB", "`1 GB` is byte, but a count belongs here"],
    ["a..b", "`a` is not a count"],
  ])("refuses the range %s", (range, message) => {
    const outcome = sweepFact(movies(), "1.items.count", range);
    expect(!outcome.ok && outcome.failure.message).toBe(message);
  });
});

describe("numbers that are nothing", () => {
  const NOTHING = ["0", "0/s", "0 ms", "0 B", "0%", "$0/month", "1e-300", "1e290"];

  it.each(["movie-recommendations", "card-fraud", "arrival-time"])(
    "bring no estimate of %s to a fault of its own: the note refuses them, or a sheet says why it has no answer",
    (name) => {
      const { design } = parseDesign(readFileSync(`designs/${name}.md`, "utf8"), "note.md");
      if (design === undefined) throw new Error("the note is a design");
      for (const { key } of estimateInputs(design))
        for (const value of NOTHING) {
          const set = withFacts(design, [[key, value]]);
          if (!set.ok) continue;
          const estimate = estimateDesign(set.value);
          simulateDesign(set.value, estimate, createRandom(1), 100);
          for (const { answer, failure } of estimate.sheets) {
            if (answer !== undefined) expect([key, value, Number.isFinite(answer.value)]).toEqual([key, value, true]);
            expect(failure?.message ?? "").not.toContain("has no value");
          }
        }
    },
    60_000,
  );

  it("a service without a copy, and a request without time, are said to be none", () => {
    expect(withFacts(movies(), [["6.serving.replicas", "0"]])).toMatchObject({ ok: false });
    const timeless = unwrap(withFacts(movies(), [["6.serving.service-time", "0 ms"]]));
    expect(sheetOf(timeless, "replicas").failure?.message).toContain("a request takes time");
  });

  it("a sheet that waits for one that failed fails for the same reason", () => {
    const still = unwrap(withFacts(movies(), [["1.requests.average", "0/s"]]));
    expect(sheetOf(still, "replicas").failure?.message).toContain("no requests arrive");
  });
});
