/** Latencies to plan with, from a cache hit to a round trip around the world. */

import type { Provenance } from "./entry.ts";

export interface Latency extends Provenance {
  readonly operation: string;
  readonly time: string;
}

const asOf = "2026-11-22";

export const LATENCIES: readonly Latency[] = [
  { operation: "L1 cache hit", time: "1 ns", trust: "secondary", source: "AnandTech 2017: 4 to 5 cycles", asOf },
  { operation: "branch mispredicted", time: "5 ns", trust: "unconfirmed", source: "15 to 20 cycles", asOf },
  { operation: "L2 cache hit", time: "4 ns", trust: "secondary", source: "AnandTech 2017: 12 to 22 cycles", asOf },
  {
    operation: "L3 cache hit",
    time: "20 ns",
    trust: "secondary",
    source: "AnandTech 2017, Chips and Cheese 2023: 38 to 56 cycles; up to 95 ns from a far slice",
    asOf,
  },
  {
    operation: "memory, dependent read",
    time: "100 ns",
    trust: "secondary",
    source: "AnandTech 2017: 89 to 98 ns measured",
    asOf,
  },
  {
    operation: "memory, independent 64 B",
    time: "20 ns",
    trust: "secondary",
    source: "sirupsen/napkin-math: misses overlap, so a throughput and not a latency",
    asOf,
  },
  {
    operation: "mutex without contention",
    time: "20 ns",
    trust: "unconfirmed",
    source: "two versions of a 2009 list say 25 and 100 ns",
    asOf,
  },
  { operation: "system call", time: "300 ns", trust: "secondary", source: "sirupsen/napkin-math", asOf },
  {
    operation: "context switch",
    time: "10 us",
    trust: "secondary",
    source: "sirupsen/napkin-math; 2 us at best",
    asOf,
  },
  {
    operation: "read 1 MiB from memory",
    time: "50 us",
    trust: "secondary",
    source: "sirupsen/napkin-math: 20 GiB/s on one thread",
    asOf,
  },
  { operation: "compress 1 KiB", time: "2 us", trust: "secondary", source: "sirupsen/napkin-math: 500 MiB/s", asOf },
  { operation: "send 1 MiB over 10 Gb/s", time: "840 us", trust: "derived", source: "2^20 x 8 / 10^10", asOf },
  { operation: "NVMe random read", time: "100 us", trust: "secondary", source: "sirupsen/napkin-math: 8 KiB", asOf },
  {
    operation: "read 1 MiB from NVMe",
    time: "125 us",
    trust: "secondary",
    source: "sirupsen/napkin-math: 7 to 8 GiB/s",
    asOf,
  },
  {
    operation: "round trip in a zone",
    time: "250 us",
    trust: "secondary",
    source: "sirupsen/napkin-math: same region",
    asOf,
  },
  { operation: "round trip between zones", time: "1 ms", trust: "unconfirmed", source: "0.5 to 2 ms", asOf },
  { operation: "hard-disk seek", time: "10 ms", trust: "secondary", source: "sirupsen/napkin-math", asOf },
  {
    operation: "object-store read",
    time: "80 ms",
    trust: "secondary",
    source: "sirupsen/napkin-math: first byte; 30 to 100 ms typical",
    asOf,
  },
  {
    operation: "round trip central to east North America",
    time: "25 ms",
    trust: "secondary",
    source: "sirupsen/napkin-math",
    asOf,
  },
  {
    operation: "round trip across North America",
    time: "60 ms",
    trust: "secondary",
    source: "sirupsen/napkin-math",
    asOf,
  },
  {
    operation: "round trip Europe west to North America east",
    time: "80 ms",
    trust: "secondary",
    source: "sirupsen/napkin-math",
    asOf,
  },
  {
    operation: "round trip Europe west to Singapore",
    time: "160 ms",
    trust: "secondary",
    source: "sirupsen/napkin-math",
    asOf,
  },
  {
    operation: "round trip North America west to Singapore",
    time: "180 ms",
    trust: "secondary",
    source: "sirupsen/napkin-math",
    asOf,
  },
];
