import { describe, expect, it } from "vitest";
import { noteOfExample } from "../review/example.ts";
import { review } from "../review/review.ts";
import type { Example } from "../review/rule.ts";
import { parseDesign } from "../steps/design.ts";
import { RULES } from "./rules.gen.ts";

/** What one rule finds: the severity, where, and the sentence. */
function found(code: string, example: Example): string[] {
  const rule = RULES.find((one) => one.code === code);
  const { design, findings } = parseDesign(noteOfExample(example), "example.md");
  if (rule === undefined || design === undefined) throw new Error(`${code} is no rule, or its example no design`);
  expect(findings).toEqual([]);
  return review(design, [rule]).findings.map(({ severity, message, fix }) => `${severity}: ${message}; ${fix}`);
}

describe("copies under another key", () => {
  const split = "split: { by: group, group: product_id }";
  const copies = (source: string, divided = split) =>
    found("HP327", { 3: `sources: [{ name: photos, ${source} }]\n${divided}` });

  it("are a warning where they are known, and advice where nobody looked", () => {
    expect(copies("kind: content, duplicates: 4%")).toEqual([expect.stringMatching(/^warning: 4% of `photos`/u)]);
    expect(copies("kind: content")).toEqual([expect.stringMatching(/^advice: .*nothing says that copies/u)]);
    expect(copies("kind: events, duplicates: 4%")).toHaveLength(1);
  });

  it("are no finding where they are removed, few, or events that repeat", () => {
    expect(copies("kind: content, duplicates: 4%, deduplicated: true")).toEqual([]);
    expect(copies("kind: content, duplicates: 1%")).toEqual([]);
    expect(copies("kind: events")).toEqual([]);
  });

  it("are left to another rule under splits that tear keys too", () => {
    expect(copies("kind: content, duplicates: 4%", "split: { by: random }")).toEqual([]);
    expect(copies("kind: content, duplicates: 4%", "split: { by: group-and-time, group: author }")).toHaveLength(1);
  });
});

describe("an encoder from elsewhere", () => {
  const encoder = "{ name: embedding, kind: filter, model: { onnx: encoder.onnx, mean: 0.5, std: 0.25 } }";
  const scaled = "preprocessing: [{ step: pixels, kind: scaling, fit-on: train }]";

  it("is not scaled by numbers that were fitted here, whichever rows they are of", () => {
    expect(found("HP417", { 3: scaled, 4: `stages: [${encoder}]` })).toEqual([
      expect.stringMatching(/^error: `pixels` is fitted on the training rows here, and the encoder of `embedding`/u),
    ]);
    expect(found("HP417", { 3: scaled.replace("train", "all"), 4: `stages: [${encoder}]` })).toEqual([
      expect.stringMatching(/fitted on all rows here/u),
    ]);
  });

  it("is no reason to doubt a scaling that another model, or a network trained here, asks for", () => {
    expect(found("HP417", { 3: scaled, 4: `stages: [${encoder}, { name: ranking, model: gbdt }]` })).toEqual([]);
    expect(found("HP417", { 3: scaled, 4: "stages: [{ name: embedding, model: cnn }]" })).toEqual([]);
    expect(found("HP417", { 3: scaled.replace("scaling", "pca"), 4: `stages: [${encoder}]` })).toEqual([]);
  });
});

describe("a compression that saves nothing", () => {
  const saved = (optimize: string, stages = "{ name: embedding, model: cnn, width: 8 }") =>
    found("HP514", { 4: `stages: [${stages}]`, 5: `optimize: [{ ${optimize}, accept: "ndcg@10 drop <= 1%" }]` });

  it("is a student as wide as its teacher, or wider", () => {
    const student = (width: number) =>
      `method: distillation, stage: embedding, student: { model: cnn, width: ${width} }`;
    expect(saved(student(8))).toEqual([expect.stringMatching(/8 filters .* has 8; write `width: 4`$/u)]);
    expect(saved(student(9))).toHaveLength(1);
    expect(saved(student(7))).toEqual([]);
    expect(saved(student(8).replace("stage: embedding", "stage: other"))).toEqual([]);
  });

  it("is a forest of as many leaves; fewer trees or smaller ones save something", () => {
    const trees =
      "{ name: candidates, model: als, factors: 8 }, { name: ranking, model: gbdt, trees: 100, leaves: 31 }";
    const student = (facts: string) => saved(`method: distillation, student: { model: gbdt, ${facts} }`, trees);
    expect(student("trees: 100")).toEqual([expect.stringMatching(/100 trees of 31 leaves.*write `trees: 50`$/u)]);
    expect(student("trees: 100, leaves: 31")).toHaveLength(1);
    expect(student("trees: 99")).toEqual([]);
    expect(student("trees: 200, leaves: 15")).toEqual([]);
  });

  it("is pruning that keeps all, and rounding to what it was", () => {
    expect(saved("method: pruning, keep: 100%")).toEqual([expect.stringMatching(/keeps 100% cuts nothing/u)]);
    expect(saved("method: pruning, keep: 99%")).toEqual([]);
    expect(saved("method: quantization, from: fp16, precision: fp16")).toHaveLength(1);
    expect(saved("method: quantization, from: fp32, precision: fp16")).toEqual([]);
    expect(saved("method: quantization, precision: fp16")).toEqual([]);
  });
});
