/** The replicas that a design's peak needs, by the roofline of the vectors that a request scans. */

import { findDevice } from "../../../estimate/catalogue/find-device.ts";
import type { FactInput, Sheet, SheetCase, SheetInput } from "../../../estimate/sheet.ts";
import { assumed, fact, result } from "../../../estimate/sheet-input.ts";
import type { StageFacts } from "../../4-model/schema.ts";
import { vectorBytes } from "../../4-model/vector-bytes.ts";
import type { Design } from "../../design.ts";
import { rooflineReplicas } from "../estimates/roofline-replicas.ts";

export const rooflineSheet: Sheet<Design> = {
  name: "roofline",
  title: "replicas by the roofline",
  step: 6,
  cases: (design) =>
    (design.model.stages ?? []).flatMap((stage, i) => (stage.index === undefined ? [] : [scanCase(stage, i, design)])),
};

function scanCase(stage: StageFacts, i: number, design: Design): SheetCase {
  const { hardware, utilization } = design.deploy.serving ?? {};
  const device = hardware === undefined ? undefined : findDevice(hardware);
  const touched = touchedVectors(stage, i, design);
  const dim = stage.dimensions ?? stage.factors;
  return {
    subject: `${stage.name}: vectors read`,
    parts: { memory_time: "reading vectors", compute_time: "arithmetic" },
    estimate: rooflineReplicas,
    inputs: {
      rate: result("traffic.peak"),
      bytes: perRequest(touched, i, vectorBytes(stage)),
      flops: perRequest(touched, i, dim === undefined ? undefined : { value: 2 * dim, text: `${dim} × 2 FLOP` }),
      bandwidth: deviceInput(
        device?.bandwidth,
        device?.entry.bandwidth,
        "200 GB/s",
        "a server's memory with all cores at work",
      ),
      peak: deviceInput(
        device?.peak,
        device?.entry.bf16 ?? device?.entry.fp16,
        "3 TFLOP/s",
        "a server of 64 vector cores at half of its peak",
      ),
      utilization: [
        fact("6.serving.utilization", utilization, "60%"),
        assumed("60%", "room for queues and a lost replica"),
      ],
    },
  };
}

interface Touched {
  readonly value: number | undefined;
  readonly text: string;
}

/** Vectors a query reads: all of a flat index, the probed lists and the centroids of an inverted file, the neighbours of a graph's queue. */
function touchedVectors(
  { index, keep }: StageFacts,
  i: number,
  { clarify }: Design,
): Touched & { readonly key: string } {
  const items = clarify.items?.count;
  const key = `4.stages[${i}].index`;
  if (index === undefined || items === undefined) return { value: undefined, text: "", key: "1.items.count" };
  if (index.type === "hnsw") {
    const links = index.m ?? 32;
    const queue = index["ef-search"] ?? Math.max(64, keep?.value ?? 0);
    return { value: Math.min(items.value, queue * links), text: `min(${items.text}, ${queue} × ${links})`, key };
  }
  if (index.type === "exact" || index.type === "exact-int8") return { value: items.value, text: items.text, key };
  const lists = index.lists ?? Math.max(1, Math.round(4 * Math.sqrt(items.value)));
  const probes = Math.min(lists, index.probes ?? 32);
  return {
    value: (items.value * probes) / lists + lists,
    text: `(${items.text} × ${probes} / ${lists} + ${lists})`,
    key,
  };
}

function perRequest(
  touched: Touched & { readonly key: string },
  i: number,
  each: { readonly value: number; readonly text: string } | undefined,
): FactInput {
  if (touched.value === undefined) return fact(touched.key, undefined, "3.9k");
  if (each === undefined) return fact(`4.stages[${i}].dimensions`, undefined, "64");
  const text = `(${touched.text} vectors × ${each.text})`;
  return { from: "fact", key: touched.key, example: "", value: touched.value * each.value, text };
}

function deviceInput(value: number | undefined, text: string | undefined, usual: string, why: string): SheetInput {
  if (value === undefined || text === undefined) return assumed(usual, why);
  return { from: "fact", key: "6.serving.hardware", value, text, example: "L4" };
}
