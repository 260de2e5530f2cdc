/** Finds a device of the catalogue by the name people give it, with its numbers in base units. */

import { unwrap } from "../../core/outcome.ts";
import { parseQuantity } from "../../core/quantity.ts";
import type { QuantityKind } from "../../core/quantity-kind.ts";
import { ACCELERATORS, type Accelerator } from "./accelerators.ts";
import { PRICES, type Price } from "./prices.ts";

export interface Device {
  readonly entry: Accelerator;
  /** Bytes. */
  readonly memory: number;
  /** Bytes per second. */
  readonly bandwidth: number;
  /** Dense 16-bit FLOP per second, bf16 where the device has it. */
  readonly peak: number;
  /** Watts, where published. */
  readonly power: number | undefined;
  /** A price by the hour, where the catalogue has one. */
  readonly price: Price | undefined;
}

/** `H100`, `h100 sxm`, `A100-80GB`, `TPUv5e`, `8x H100`; undefined when the catalogue has no such device. */
export function findDevice(name: string): Device | undefined {
  const wanted = normalise(name);
  if (wanted === "") return undefined;
  const entry =
    ACCELERATORS.find((one) => normalise(one.name) === wanted || normalise(`${one.name} ${one.form}`) === wanted) ??
    ACCELERATORS.find((one) => normalise(one.name).startsWith(wanted) && wanted.length >= 4);
  if (entry === undefined) return undefined;
  return {
    entry,
    memory: value(entry.memory, "size"),
    bandwidth: value(entry.bandwidth, "bandwidth"),
    peak: value(entry.bf16 ?? entry.fp16 ?? "0 FLOP/s", "compute"),
    power: entry.power === undefined ? undefined : value(entry.power, "power"),
    price: PRICES.find((price) => price.of === "accelerator" && price.name === entry.name),
  };
}

function value(text: string, kind: QuantityKind): number {
  return unwrap(parseQuantity(text, kind)).value;
}

function normalise(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(?:\d+\s*x\s*)?(?:nvidia|amd|google)?\s*/u, "")
    .replaceAll(/[\s_-]+/gu, "");
}
