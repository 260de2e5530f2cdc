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
      { method: "distillation", student: { model: "logistic-regression", trees: 3, hidden: [4] } },
      ["student.hidden", "student.trees"],
    ],
  ])("of %j are %j", (written, fields) => {
    expect(unheardFields(entryOf(written))).toEqual(fields);
  });

  it("are named in a sentence, and nothing is said where all are heard", () => {
    expect(unheardWarning(entryOf({ method: "pruning", stage: "scoring", keep: "50%" }))).toBeUndefined();
    expect(unheardWarning(entryOf({ method: "pruning", stage: "scoring", runtime: "onnx" }))).toContain("`runtime`");
  });
});
