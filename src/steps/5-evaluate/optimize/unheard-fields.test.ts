import { describe, expect, it } from "vitest";
import { evaluateSchema } from "../schema.ts";
import { unheardFields, unheardWarning } from "./unheard-fields.ts";
import type { CompressionEntry } from "./variant.ts";

function entryOf(written: object): CompressionEntry {
  const [entry] = evaluateSchema.parse({ optimize: [written] }).optimize ?? [];
  return entry;
}

describe("fields of an entry that a run does nothing with", () => {
  it.each([
    [{ method: "quantization", precision: "fp16", kind: "dynamic", from: "fp32", "size-ratio": "2x" }, []],
    [{ method: "quantization", kind: "qat", from: "bf16", keep: "50%" }, ["from", "kind", "keep"]],
    [{ method: "pruning", keep: "40%", structure: "2:4", hardware: "gpu-sparse" }, ["structure", "hardware"]],
    [{ method: "pruning", precision: "int8" }, ["precision"]],
    [{ method: "distillation", student: { model: "gbdt", trees: 1, leaves: 4 }, accept: "ndcg@10 drop <= 1%" }, []],
    [
      { method: "distillation", student: { model: "logistic-regression", trees: 3, hidden: [4], width: 8 } },
      ["student.hidden", "student.trees", "student.width"],
    ],
  ])("of %j are %j", (written, fields) => {
    expect(unheardFields(entryOf(written))).toEqual(fields);
  });

  it.each([
    [{ method: "quantization", kind: "static", from: "fp32", "calibration-rows": 9, "calibration-from": "train" }, []],
    [{ method: "quantization", kind: "dynamic", "calibration-from": "test" }, ["kind", "calibration-from"]],
    [{ method: "pruning", keep: "50%", structure: "structured" }, []],
    [{ method: "pruning", structure: "unstructured", runtime: "onnx" }, ["structure", "runtime"]],
    [{ method: "distillation", student: { model: "cnn", width: 4 } }, []],
    [{ method: "distillation", student: { model: "mlp", width: 4, hidden: [8] } }, ["student.model", "student.hidden"]],
  ])("of %j for photos are %j", (written, fields) => {
    expect([...unheardFields(entryOf(written), "photos")].sort()).toEqual([...fields].sort());
    expect(unheardWarning(entryOf(written), "photos") === undefined).toBe(fields.length === 0);
  });

  it("are named in a sentence, and nothing is said where all are heard", () => {
    expect(unheardWarning(entryOf({ method: "pruning", stage: "scoring", keep: "50%" }))).toBeUndefined();
    expect(unheardWarning(entryOf({ method: "pruning", stage: "scoring", runtime: "onnx" }))).toContain("`runtime`");
  });
});
