import { describe, expect, it } from "vitest";
import { exampleInputs } from "../src/estimate/explain.ts";
import { ESTIMATES, type InputValue, runEstimate } from "../src/index.ts";

type Check = readonly [string, Readonly<Record<string, InputValue>>, Readonly<Record<string, number>>];

const GB = 1e9;
const GiB = 2 ** 30;
const TB = 1e12;
const HOUR = 3600;
const DAY = 86_400;

/** Known answers in base units, from published figures and from plain arithmetic done elsewhere to ten digits. */
const CHECKS: readonly Check[] = [
  ["request-rate", { users: "10M", requests: 25, peak_factor: "3x" }, { average: 2893.518519, peak: 8680.555556 }],
  ["peak-factor", { busiest_hour: "10%" }, { factor: 2.4 }],
  ["little-law", { rate: "1200/s", time: "85 ms" }, { in_flight: 102 }],
  [
    "replicas",
    { rate: 8680.5556, time: "85 ms", slots: 8, utilization: 0.6 },
    { in_flight: 737.847226, replicas: 154 },
  ],
  [
    "mmc-queue",
    { rate: 90, service: "100 ms", servers: 12, beyond: "50 ms", quantile: "95%" },
    {
      load: 9,
      utilization: 0.75,
      lost: 0.08308661147,
      waits: 0.2660346845,
      wait: 0.008867822816,
      response: 0.1088678228,
      queue_length: 0.7981040534,
      in_system: 9.798104053,
      wait_over: 0.05936036175,
      wait_at_quantile: 0.05572012292,
    },
  ],
  [
    "mmc-queue",
    { rate: 90, service: "100 ms", servers: 12, beyond: "0.3 s", quantile: "99%" },
    { wait_at_quantile: 0.1093680533, response_at_quantile: 0.4730045329, response_over: 0.05639319624 },
  ],
  [
    "mm1-queue",
    { rate: 80, service: "10 ms" },
    {
      utilization: 0.8,
      response: 0.05,
      wait: 0.04,
      in_system: 4,
      response_at_quantile: 0.2302585093,
      wait_at_quantile: 0.2191013317,
    },
  ],
  ["ggc-queue", { rate: 90, service: 0.1, servers: 12, arrival_scv: 1.5, service_scv: 0.5 }, { wait: 0.008867822816 }],
  ["ggc-queue", { rate: 90, service: 0.1, servers: 12, arrival_scv: 4, service_scv: 2 }, { wait: 0.02660346845 }],
  ["fan-out", { leaves: 100, slow: "1%" }, { any_slow: 0.6339676587, leaf_quantile: 0.9998995017 }],
  ["fan-out", { leaves: 100, slow: "1%", copies: 2 }, { any_slow: 0.009950661309 }],
  [
    "storage",
    { events: 5e8, event_size: "1200 B", retention: "365 d", replication: "3x", compression: "4x", growth: "20%/year" },
    {
      raw: 219 * TB,
      compressed: 54.75 * TB,
      stored: 164.25 * TB,
      provisioned: 234.6428571 * TB,
      in_a_year: 281.5714286 * TB,
    },
  ],
  [
    "storage-growth",
    { first_month: "10 TB", growth: "5%", months: 24, replication: 3 },
    { logical: 445.0199887 * TB, replicated: 1335.059966 * TB },
  ],
  [
    "erasure-coding",
    { data_shards: 10, parity_shards: 4, logical: "1000 TB" },
    { overhead: 1.4, stored: 1400 * TB, three_replicas: 3000 * TB },
  ],
  [
    "embedding-table",
    { rows: "200M", dim: 64, component: "4 B" },
    { weights: 47.68371582 * GiB, with_adam: 153.6 * GB, with_rowwise_adagrad: 52 * GB },
  ],
  ["flat-index", { vectors: 1e8, dim: 768 }, { vector_size: 3072, total: 307.2 * GB }],
  ["flat-index", { vectors: 1e8, dim: 768 }, { total: 286.1022949 * GiB }],
  [
    "ivf-flat-index",
    { vectors: 1e8, dim: 768, lists: 65_536 },
    { vector_size: 3080, entries: 308 * GB, centroids: 0.201326592 * GB, total: 308.2013266 * GB },
  ],
  [
    "ivf-pq-index",
    { vectors: 1e8, dim: 768, lists: 65_536, subvectors: 96 },
    {
      code: 96,
      vector_size: 104,
      entries: 10.4 * GB,
      centroids: 0.201326592 * GB,
      codebook: 0.786432e6,
      total: 10.60211302 * GB,
      compression: 32,
      residual_table: 6.442450944 * GB,
      residual_limit: 2.147483648 * GB,
      with_residual_table: 10.60211302 * GB,
    },
  ],
  ["ivf-pq-index", { vectors: 1, dim: 768, lists: 1, subvectors: 48, bits: 6 }, { code: 36 }],
  ["hnsw-index", { vectors: 1e8, dim: 768, links: 32 }, { vector_size: 3328, total: 332.8 * GB }],
  [
    "hnswlib-index",
    { vectors: 1, dim: 768, links: 16 },
    {
      links_level0: 132,
      element_level0: 3212,
      upper_links: 4.533333333,
      element: 3216.533333,
      graph_only: 136.5333333,
    },
  ],
  [
    "ivf-probe",
    { vectors: 1e8, lists: 65_536, probes: 64 },
    { scanned: 97_656.25, centroids_compared: 65_536, fraction: 0.0009765625 },
  ],
  ["ivf-training-vectors", { lists: 65_536 }, { least: 2_555_904, most: 16_777_216 }],
  [
    "exact-scan",
    { vectors: 1e7, dim: 768, bandwidth: "200 GB/s", peak: "3 TFLOP/s" },
    { size: 30_720_000_000, memory_time: 0.1536, compute_time: 0.00512, latency: 0.1536, batch: 30 },
  ],
  [
    "conv2d",
    { height: 224, width: 224, inputs: 3, outputs: 64, kernel: 7, stride: 2, padding: 3 },
    { height_out: 112, width_out: 112, params: 9408, macs: 118_013_952, flops: 236_027_904 },
  ],
  [
    "separable-conv",
    { height_out: 56, width_out: 56, inputs: 128, outputs: 256, kernel: 3 },
    { standard: 924_844_032, depthwise: 3_612_672, pointwise: 102_760_448, ratio: 0.1150173611 },
  ],
  ["linear-layer", { batch: 32, inputs: 4096, outputs: 11_008 }, { params: 45_088_768, flops: 2_885_681_152 }],
  [
    "transformer-layer",
    { sequence: 2048, width: 4096 },
    {
      projections: 274_877_906_944,
      attention: 68_719_476_736,
      feed_forward: 549_755_813_888,
      total: 893_353_197_568,
      attention_share: 0.07692307692,
      causal_total: 858_993_459_200,
    },
  ],
  [
    "transformer-parameters",
    { layers: 32, width: 4096, vocabulary: 32_000 },
    { blocks: 6_442_450_944, embeddings: 262_144_000, total: 6_704_594_944 },
  ],
  [
    "gated-transformer-parameters",
    { layers: 32, width: 4096, heads: 32, kv_heads: 8, head_dim: 128, hidden: 14_336, vocabulary: 128_256 },
    { total: 8_030_261_248 },
  ],
  [
    "training-compute",
    { params: 7e9, tokens: 2e12, devices: 256, peak: "989 TFLOP/s", mfu: "40%" },
    { flops: 8.4e22, device_time: 58_982.13684 * HOUR, time: 9.599957168 * DAY, with_recomputation: 1.12e23 },
  ],
  [
    "attention-compute",
    { params: 7e9, layers: 32, sequence: 4096, width: 4096 },
    { six_n: 4.2e10, full: 6_442_450_944, causal: 3_221_225_472, relative: 0.1533916891 },
  ],
  ["compute-optimal-tokens", { params: 7e9 }, { tokens: 1.4e11, flops: 5.88e21 }],
  [
    "inference-compute",
    { params: 8e9, context: 8192, layers: 32, width: 4096 },
    { weights: 1.6e10, attention: 4_294_967_296, total: 20_294_967_296 },
  ],
  ["prefill-time", { params: 8e9, prompt: 2000, peak: "312 TFLOP/s", efficiency: "50%" }, { time: 0.2051282051 }],
  [
    "decode-throughput",
    { weights: "16 GB", kv_per_token: 131_072, context: 4096, batch: 16, bandwidth: "2039 GB/s" },
    {
      batch1_weights_only: 127.4375,
      step_size: 24_589_934_592,
      step_time: 0.01205980117,
      tokens_per_second: 1326.721707,
    },
  ],
  [
    "kv-cache",
    { layers: 32, kv_heads: 8, head_dim: 128, context: 8192, batch: 16 },
    { per_token: 131_072, per_sequence: GiB, total: 16 * GiB },
  ],
  ["kv-cache", { layers: 32, kv_heads: 32, head_dim: 128, context: 1 }, { per_token: 524_288 }],
  [
    "kv-cache",
    { layers: 80, kv_heads: 8, head_dim: 128, context: 32_768 },
    { per_token: 327_680, per_sequence: 10 * GiB },
  ],
  [
    "optimizer-memory",
    { params: 7e9 },
    { weights: 14 * GB, gradients: 14 * GB, optimizer: 84 * GB, total: 112 * GB, with_fp32_gradients: 126 * GB },
  ],
  [
    "zero-sharding",
    { params: 7.5e9, devices: 64 },
    { stage0: 120 * GB, stage1: 31.40625 * GB, stage2: 16.640625 * GB, stage3: 1.875 * GB },
  ],
  [
    "activation-memory",
    { sequence: 2048, width: 12_288, heads: 96, layers: 96 },
    {
      attention_term: 80,
      per_layer: 2.868903936 * GB,
      total: 275.4147779 * GB,
      selective: 82.14124954 * GB,
      inputs_only: 4.831838208 * GB,
    },
  ],
  [
    "roofline",
    { peak: "989 TFLOP/s", bandwidth: "3.35 TB/s", flops: "1 GFLOP", bytes: "1 MB" },
    { ridge: 295.2238806 },
  ],
  [
    "matrix-product",
    { rows: 16, columns: 4096, inner: 4096, peak: "989 TFLOP/s", bandwidth: "3.35 TB/s" },
    {
      flops: 536_870_912,
      bytes: 33_816_576,
      intensity: 15.87596899,
      attainable: 53_184_496_120_000,
      is_memory_bound: 1,
    },
  ],
  [
    "ring-all-reduce",
    { bytes: "14 GB", ranks: 8, bandwidth: "450 GB/s" },
    { factor: 1.75, time: 0.05444444444, algorithm_bandwidth: 257_142_857_100, bus_bandwidth: 450e9 },
  ],
  [
    "ring-all-reduce",
    { bytes: "1 MB", ranks: 64, bandwidth: "50 GB/s", latency: "5 us" },
    { bandwidth_term: 3.9375e-5, latency_term: 0.00063, time: 0.000669375 },
  ],
  [
    "data-parallel-step",
    { compute: 0.3, communication: 0.12, overlap: 0.75, ranks: 64 },
    { step: 0.33, efficiency: 0.9090909091, speedup: 58.18181818 },
  ],
  ["amdahl", { parallel: "95%", workers: 32 }, { speedup: 12.54901961, limit: 20 }],
  ["gustafson", { parallel: "95%", workers: 32 }, { speedup: 30.45 }],
  [
    "weight-quantization",
    { params: 7e9, bits: 4, group: 128, scale_bits: 16, zero_bits: 4 },
    { bits_per_weight: 4.15625, size: 3.63671875 * GB, fp16_size: 14 * GB, ratio: 3.84962406 },
  ],
  ["decode-speedup", { other: "10%", weight_ratio: 3.85 }, { speedup: 2.996108949 }],
  [
    "affine-quantization",
    { least: -1.2, greatest: 3.8 },
    { scale: 0.01960784314, zero_point: 61, error: 0.009803921569 },
  ],
  ["two-four-pruning", { params: 1e9 }, { dense: 2 * GB, sparse: 1.125 * GB, ratio: 0.5625 }],
  [
    "csr-pruning",
    { rows: 4096, columns: 4096, density: "25%" },
    { dense: 33_554_432, sparse: 25_182_212, break_even: 0.3331705332 },
  ],
  ["amdahl", { parallel: "80%", workers: "2x" }, { speedup: 1.666666667 }],
  [
    "distillation-compute",
    { teacher: 7e10, student: 3e9, tokens: 5e10 },
    { teacher_forward: 7e21, student_training: 9e20, total: 7.9e21, teacher_share: 0.8860759494 },
  ],
  ["logit-store", { tokens: 5e10, kept: 50, vocabulary: 128_256 }, { top: 15 * TB, full: 12_825.6 * TB }],
  [
    "battery-life",
    { charge: "4000 mAh", voltage: "3.85 V", idle: "0.8 W", inference: "0.35 J", rate: "2/s" },
    { energy: 15.4 * HOUR, power: 1.5, life: 10.26666667 * HOUR, inference_share: 0.4666666667 },
  ],
  ["battery-share", { battery: "15.4 Wh", inferences: 5000, inference: "0.35 J" }, { share: 0.03156565657 }],
  ["microcontroller-latency", { macs: "2.5M MAC", clock: "80 MHz", macs_per_cycle: 0.5 }, { time: 0.0625 }],
  [
    "cache-latency",
    { hit_rate: "90%", cache: "1 ms", backend: "50 ms" },
    { mean_latency: 0.006, simple_mix: 0.0059, backend_share: 0.1 },
  ],
  [
    "cache-load",
    { rate: 20_000, before: "98%", after: "95%" },
    { backend_before: 400, backend_after: 1000, multiplier: 2.5 },
  ],
  ["zipf-cache", { items: 1e6, cached: 1e4 }, { hit_rate: 0.6800383433 }],
  [
    "cost-per-prediction",
    { price: "$1.006/h", capacity: "120/s", utilization: "50%" },
    { per_thousand: 0.004657407407 },
  ],
  ["cost-per-token", { price: "$6.88/h", throughput: "2500/s" }, { per_million: 0.7644444444 }],
  ["energy-cost", { power: "700 W", utilization: "70%", pue: 1.2, price: "$0.12/kWh" }, { cost: 51.5088 }],
  ["checkpoint-interval", { write: 120, mtbf: 21_600 }, { young: 2276.839915, daly: 2197.542644 }],
  ["checkpoint-interval", { write: "5 min", mtbf: "1440 min" }, { daly: 116.6898148 * 60 }],
  ["checkpoint-interval", { write: "5 min", mtbf: "360 min" }, { daly: 56.71296296 * 60 }],
  ["checkpoint-interval", { write: "5 min", mtbf: "15 min" }, { daly: 9.140919986 * 60 }],
  [
    "checkpoint-overhead",
    { interval: 2276.839915321233, write: 120, mtbf: 21_600, restart: 300 },
    { checkpoint: 0.05270462767, rework: 0.05270462767, restarts: 0.01388888889, total: 0.1192981442 },
  ],
  ["cluster-mtbf", { node_mtbf: "50000 h", nodes: 2000 }, { mtbf: 25 * HOUR }],
  ["series-availability", { parts: [0.999, 0.9995, 0.9999] }, { availability: 0.9984006499 }],
  ["parallel-availability", { parts: "99%, 99%" }, { availability: 0.9999 }],
  ["quorum-availability", { needed: 3, parts: 5, availability_each: "99%" }, { availability: 0.9999901494 }],
  ["repair-availability", { mtbf: "1000 h", mttr: "1 h" }, { availability: 0.999000999, downtime: 43.15684316 * 60 }],
  ["error-budget", { objective: "99.9%" }, { budget: 43.2 * 60, per_year: 8.76 * HOUR }],
  ["burn-rate", { burn: "14.4x", window: "1 h" }, { spent: 0.02, exhausted_after: 50 * HOUR }],
  ["burn-rate", { burn: "6x", window: "6 h" }, { spent: 0.05, exhausted_after: 120 * HOUR }],
  ["burn-rate", { burn: "1x", window: "72 h" }, { spent: 0.1, exhausted_after: 720 * HOUR }],
  ["observed-burn", { objective: "99.9%", errors: "0.5%" }, { burn: 5, exhausted_after: 144 * HOUR }],
  ["cpu-peak", { cores: 1, clock: "2.5 GHz", units: 2, lanes: 8 }, { per_core: 80e9 }],
  ["cpu-peak", { cores: 1, clock: "3 GHz", units: 2, lanes: 16 }, { per_core: 192e9 }],
  ["memory-bandwidth", { channels: 8, transfers: "3200M/s" }, { channel: 25.6e9, bandwidth: 204.8e9 }],
  ["memory-bandwidth", { channels: 12, transfers: "4800M/s" }, { bandwidth: 460.8e9 }],
  ["pcie-bandwidth", { transfers: "8G/s" }, { bandwidth: 15.753846154e9 }],
  ["pcie-bandwidth", { transfers: "32G/s" }, { bandwidth: 63.015384615e9 }],
  ["transfer-time", { bytes: "1 MiB", bandwidth: "10 Gb/s" }, { time: 0.0008388608 }],
  ["fibre-round-trip", { distance: "6000 km" }, { one_way: 0.03, round_trip: 0.06 }],
  ["column-scan", { rows: "1bn", row_size: "100 B", throughput: "2 GB/s" }, { time: 50 }],
  ["network-cost", { rate: "400/s", response: "20 kB", price: "$0.10/GB" }, { cost: 400 * 20e3 * 1e-10 }],
  ["traffic", { average: "400/s", peak_factor: "3x" }, { peak: 1200, daily: 34_560_000, monthly: 1_051_200_000 }],
  ["relative-growth", { count: "2M", growth: "20%/year", time: "2 years" }, { yearly: 0.2, later: 2_880_000 }],
  ["absolute-growth", { count: "3.9k", growth: "30/day" }, { added: 10_950, later: 14_850 }],
  ["feature-store", { rows: "2M", features: 3 }, { row: 88, memory: 352e6 }],
  [
    "als-training",
    { interactions: 1000, users: 10, items: 20, factors: 3, iterations: 2 },
    { sums: 96_000, dense: 2700, flops: 197_400, core_time: 3.29e-5, exact_flops: 72_540 },
  ],
  ["tree-training", { rows: 1e6, features: 28, trees: 100, leaves: 32 }, { depth: 5, updates: 1.4e10, core_time: 21 }],
  ["training-time", { flops: "1e18 FLOP", peak: "1 PFLOP/s", mfu: "50%" }, { time: 2000 }],
  [
    "roofline-replicas",
    { rate: 1200, bytes: "1 GB", flops: "1 GFLOP", bandwidth: "200 GB/s", peak: "3 TFLOP/s", utilization: "60%" },
    { busy: 0.005, per_replica: 120, replicas: 10 },
  ],
  ["stage-work", { items: "400", each: "200 us", parallelism: "4", fixed: "5 ms" }, { work: 0.025 }],
  [
    "latency-sum",
    { parts: "20 ms, 30 ms, 5 ms, 20 ms", limit: "100 ms" },
    { total: 0.075, headroom: 0.025, used: 0.75 },
  ],
  [
    "monthly-cost",
    { replicas: 4, price: "$100/month", stored: "1 TB", rate: "10/s", response: "10 kB" },
    { total: (400 + 20 + 26.28) / 2_628_000, per_thousand: (446.28 / 26_280_000) * 1000 },
  ],
];

const byName = new Map(ESTIMATES.map((estimate) => [estimate.name, estimate]));

describe("known answers", () => {
  it.each(CHECKS.map(([name, inputs, expected], i) => [`${i + 1} ${name}`, name, inputs, expected] as const))(
    "%s",
    (_, name, inputs, expected) => {
      const estimate = byName.get(name);
      if (estimate === undefined) throw new Error(`no estimate ${name}`);
      const result = runEstimate(estimate, inputs);
      if (!result.ok) throw new Error(result.failure.message);
      for (const [line, value] of Object.entries(expected)) {
        const relative = Math.abs(result.value.values[line] - value) / Math.max(Math.abs(value), 1e-300);
        expect(relative, `${line} is ${result.value.values[line]}, expected ${value}`).toBeLessThan(1e-9);
      }
    },
  );

  it("exist for every estimate", () => {
    const checked = new Set(CHECKS.map(([name]) => name));
    expect(ESTIMATES.map((one) => one.name).filter((name) => !checked.has(name))).toEqual([]);
  });
});

describe("every estimate", () => {
  it.each(ESTIMATES.map((one) => [one.name, one] as const))("%s has a source, an answer, and an example", (_, one) => {
    expect(one.source.length).toBeGreaterThan(10);
    expect(one.outputs.has(one.answer)).toBe(true);
    const result = runEstimate(one, exampleInputs(one));
    if (!result.ok) throw new Error(result.failure.message);
    for (const line of result.value.lines) expect(Number.isFinite(line.value)).toBe(true);
  });

  it("answers zeros with a finite number or a complaint that names what is wrong", () => {
    for (const estimate of ESTIMATES) {
      for (const zeroed of Object.keys(estimate.inputs)) {
        const result = runEstimate(estimate, { ...exampleInputs(estimate), [zeroed]: 0 });
        if (result.ok) for (const line of result.value.lines) expect(Number.isFinite(line.value)).toBe(true);
        else
          expect(`${estimate.name}.${zeroed}: ${result.failure.message}`).not.toMatch(
            /NaN|undefined|nothing can be divided/u,
          );
      }
    }
  });
});
