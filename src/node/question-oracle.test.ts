import { expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { compileProgram, type VariableType } from "../estimate/expression/program.ts";
import { ESTIMATE_FUNCTIONS } from "../note/estimates.gen.ts";
import { answerOf } from "../practice/grade-estimate.ts";
import { drawVariant } from "../practice/variant.ts";
import { readPreparedBank } from "./prepared-bank.ts";

/** Questions beside the formula of the library that teaches the same: the two may not disagree. */
const ORACLES: readonly (readonly [question: string, formula: string])[] = [
  ["adam-memory-per-model", "optimizer_memory(params: parameters)"],
  ["affine-scale", "affine_quantization(least: low, greatest: high).error"],
  ["amdahl-training", "amdahl(parallel: parallel, workers: devices)"],
  ["average-and-peak-rate", "request_rate(users: users, requests: requests, peak_factor: peak)"],
  ["battery-per-day", "battery_share(battery: battery, inferences: runs, inference: energy)"],
  ["burn-rate", "observed_burn(objective: slo, errors: errors, period: window).exhausted_after"],
  ["cache-hit-drop", "cache_load(rate: rate, before: before, after: after).multiplier"],
  ["cache-mean-latency", "cache_latency(hit_rate: hit, cache: cache, backend: store)"],
  ["checkpoint-interval-young", "checkpoint_interval(write: write, mtbf: node_mtbf / nodes).young"],
  [
    "communication-share",
    "data_parallel_step(compute: compute, communication: communication, overlap: overlap, ranks: 8)",
  ],
  ["compute-optimal-tokens", "compute_optimal_tokens(params: parameters).tokens"],
  [
    "conv-output-size",
    "conv2d(height: size, width: size, inputs: 3, outputs: 8, kernel: kernel, stride: stride, padding: padding).height_out",
  ],
  ["cost-per-thousand", "cost_per_prediction(price: price, capacity: rate, utilization: busy)"],
  ["decode-gain-from-quantization", "decode_speedup(other: others, weight_ratio: ratio)"],
  [
    "decode-throughput-batch",
    "decode_throughput(weights: weights, kv_per_token: per_token, context: context, batch: batch, bandwidth: bandwidth)",
  ],
  ["depthwise-saving", "1 / separable_conv(height_out: 28, width_out: 28, inputs: 64, outputs: c_out, kernel: kernel)"],
  ["distillation-cost", "distillation_compute(teacher: teacher, student: student, tokens: tokens)"],
  ["embedding-table-size", "embedding_table(rows: items, dim: dims)"],
  ["embedding-training-memory", "embedding_table(rows: rows, dim: dims).with_adam"],
  ["error-budget-minutes", "error_budget(objective: slo, period: window)"],
  ["exact-scan-time", "exact_scan(vectors: vectors, dim: dims, bandwidth: bandwidth, peak: 100 TFLOP/s)"],
  ["fan-out-slow", "fan_out(leaves: shards, slow: slow)"],
  ["fraud-decision-deadline", "little_law(rate: rate, time: time)"],
  ["hedged-requests", "fan_out(leaves: shards, slow: slow, copies: 2)"],
  ["kv-cache-per-token", "kv_cache(layers: layers, kv_heads: kv_heads, head_dim: head_dim, context: 1).per_token"],
  ["mcu-latency", "microcontroller_latency(macs: macs * 1 MAC, clock: clock, macs_per_cycle: rate)"],
  ["memory-channels", "memory_bandwidth(channels: channels, transfers: transfers)"],
  ["peak-factor-from-busy-hour", "peak_factor(busiest_hour: share_in_hour)"],
  ["prefill-time", "prefill_time(params: parameters, prompt: prompt, peak: peak, efficiency: share)"],
  [
    "quantized-size",
    "weight_quantization(params: parameters, bits: bits, group: group, scale_bits: scale, zero_bits: 0)",
  ],
  ["queue-near-saturation", "mm1_queue(rate: arrival, service: 1 / service, quantile: 99%)"],
  ["replicas-by-littles-law", "replicas(rate: rate, time: time, slots: slots, utilization: target)"],
  ["retrieval-index-memory", "hnsw_index(vectors: items, dim: dims, links: links)"],
  ["ridge-point", "roofline(peak: peak, bandwidth: bandwidth, flops: 1 FLOP, bytes: 1 B).ridge"],
  ["ring-all-reduce-time", "ring_all_reduce(bytes: parameters * bf16, ranks: ranks, bandwidth: duplex / 2)"],
  ["storage-with-growth", "storage_growth(first_month: first, growth: growth, months: months, replication: copies)"],
  [
    "training-flops-and-days",
    "training_compute(params: parameters, tokens: tokens, devices: gpus, peak: peak, mfu: mfu).time",
  ],
  ["two-four-size", "two_four_pruning(params: weights, component: width)"],
  ["zero-stage-memory", "zero_sharding(params: parameters, devices: devices).stage2"],
  ["zipf-cache", "zipf_cache(items: items, cached: cached)"],
];

const bank = new Map((await readPreparedBank()).map((prepared) => [prepared.question.id, prepared]));

it.each(ORACLES)("%s agrees with %s in twenty variants", (id, formula) => {
  const prepared = bank.get(id);
  if (prepared === undefined || !("answer" in prepared)) throw new Error(`${id} is no estimate of the bank`);
  const variables: Record<string, VariableType> = {};
  for (const [name, dimension] of prepared.values.dimensions) variables[name] = { dimension };
  const oracle = unwrap(compileProgram(formula, { variables, estimates: ESTIMATE_FUNCTIONS }));
  for (let seed = 1; seed <= 20; seed++) {
    const variant = drawVariant(prepared, seed);
    expect(answerOf(prepared, variant) / unwrap(oracle.evaluate(variant.values))).toBeCloseTo(1, 9);
  }
});
