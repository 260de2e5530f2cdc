import { describe, expect, it } from "vitest";
import { parseQuantity } from "../../core/quantity.ts";
import { ACCELERATORS } from "./accelerators.ts";
import { EDGE_DEVICES } from "./edge-devices.ts";
import { findDevice } from "./find-device.ts";
import { LATENCIES } from "./latencies.ts";
import { LINKS } from "./links.ts";
import { PRICES } from "./prices.ts";
import { STORAGE_MEDIA } from "./storage-media.ts";

describe("the catalogue", () => {
  it.each([
    ["T4", 203.1],
    ["A10G", 116.7],
    ["L4", 403.3],
    ["A100 40GB", 200.6],
    ["a100-80gb", 153],
    ["H100 PCIe", 378],
    ["NVIDIA H100 SXM", 295.2],
    ["8x H200", 206],
    ["B200", 281.2],
    ["MI300X", 246.7],
    ["TPU v4", 229.2],
    ["tpu-v5e", 240.5],
    ["TPU v5p", 166],
    ["TPU v6e", 560.4],
  ])("puts the ridge of %s at %d FLOP per byte", (name, ridge) => {
    const device = findDevice(name);
    expect((device?.peak ?? 0) / (device?.bandwidth ?? 1)).toBeCloseTo(ridge, 0);
  });

  it("knows no device of another name, and none without one", () => {
    expect(findDevice("gpu")).toBeUndefined();
    expect(findDevice("")).toBeUndefined();
    expect(findDevice("H10")).toBeUndefined();
  });

  it("writes every value so that it can be read, with a source and a day", () => {
    const texts = [
      ...ACCELERATORS.flatMap((one) => [one.memory, one.bandwidth, one.bf16, one.fp16, one.int8, one.fp8, one.power]),
      ...EDGE_DEVICES.flatMap((one) => [one.memory, one.bandwidth, one.int8, one.power]),
      ...LINKS.map((one) => one.oneWay),
      ...STORAGE_MEDIA.map((one) => one.sequential),
      ...LATENCIES.map((one) => one.time),
      ...PRICES.map((one) => one.price),
    ];
    for (const text of texts) expect(text === undefined || parseQuantity(text).ok, text).toBe(true);
    for (const one of [...ACCELERATORS, ...EDGE_DEVICES, ...LINKS, ...STORAGE_MEDIA, ...LATENCIES, ...PRICES]) {
      expect(one.source.length).toBeGreaterThan(3);
      expect(one.asOf).toMatch(/^20\d\d/u);
    }
  });

  it("gives the price of a device with the device", () => {
    expect(findDevice("H100")?.price?.price).toBe("$6.88/h");
  });
});
