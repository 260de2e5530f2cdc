/** Small devices: boards and phones. Microcontrollers are sized by MAC per cycle, see the estimate microcontroller-latency. */

import type { Provenance } from "./entry.ts";

export interface EdgeDevice extends Provenance {
  readonly name: string;
  readonly memory: string;
  readonly bandwidth: string;
  /** Dense, 8 bit. */
  readonly int8: string;
  readonly power: string;
}

const asOf = "2026-11-22";

export const EDGE_DEVICES: readonly EdgeDevice[] = [
  {
    name: "Jetson AGX Orin 64 GB",
    memory: "64 GB",
    bandwidth: "204.8 GB/s",
    int8: "137.5 TOPS",
    power: "60 W",
    trust: "secondary",
    source: "data-sheet digests; half of the sparse 275 TOPS; the split of GPU and DLA is unconfirmed",
    asOf,
  },
  {
    name: "Jetson Orin NX 16 GB",
    memory: "16 GB",
    bandwidth: "102.4 GB/s",
    int8: "50 TOPS",
    power: "25 W",
    trust: "secondary",
    source: "data-sheet digests; half of the sparse 100 TOPS; power unconfirmed",
    asOf,
  },
  {
    name: "Jetson Orin Nano 8 GB",
    memory: "8 GB",
    bandwidth: "68 GB/s",
    int8: "20 TOPS",
    power: "15 W",
    trust: "secondary",
    source: "data-sheet digests; half of the sparse 40 TOPS",
    asOf,
  },
  {
    name: "Jetson Orin Nano 8 GB Super",
    memory: "8 GB",
    bandwidth: "102 GB/s",
    int8: "33.5 TOPS",
    power: "25 W",
    trust: "secondary",
    source: "data-sheet digests; half of the sparse 67 TOPS",
    asOf,
  },
  {
    name: "Apple A16",
    memory: "6 GB",
    bandwidth: "51.2 GB/s",
    int8: "17 TOPS",
    power: "4 W",
    trust: "unconfirmed",
    source: "vendor figure without a precision; bandwidth from LPDDR5-6400 x 64 bit",
    asOf,
  },
  {
    name: "Apple A17 Pro",
    memory: "8 GB",
    bandwidth: "51.2 GB/s",
    int8: "35 TOPS",
    power: "4 W",
    trust: "unconfirmed",
    source: "vendor figure without a precision; bandwidth from LPDDR5-6400 x 64 bit",
    asOf,
  },
];
