/** Links between devices and machines: one-way, theoretical; large messages reach 80 to 90 % of it. */

import type { Provenance } from "./entry.ts";

export interface Link extends Provenance {
  readonly name: string;
  /** One way: a ring all-reduce takes this figure, not the sum of both directions. */
  readonly oneWay: string;
}

const asOf = "2026-11-22";

export const LINKS: readonly Link[] = [
  { name: "PCIe 3.0 x16", oneWay: "15.75 GB/s", trust: "derived", source: "8 GT/s x 16 x 128/130 / 8", asOf },
  { name: "PCIe 4.0 x16", oneWay: "31.51 GB/s", trust: "derived", source: "16 GT/s x 16 x 128/130 / 8", asOf },
  { name: "PCIe 5.0 x16", oneWay: "63.02 GB/s", trust: "derived", source: "32 GT/s x 16 x 128/130 / 8", asOf },
  {
    name: "NVLink 3",
    oneWay: "300 GB/s",
    trust: "secondary",
    source: "A100; half of the 600 GB/s that sheets print",
    asOf,
  },
  {
    name: "NVLink 4",
    oneWay: "450 GB/s",
    trust: "secondary",
    source: "H100 and H200; half of the 900 GB/s that sheets print",
    asOf,
  },
  {
    name: "NVLink 5",
    oneWay: "900 GB/s",
    trust: "secondary",
    source: "B200; half of the 1800 GB/s that sheets print",
    asOf,
  },
  {
    name: "xGMI MI300X",
    oneWay: "448 GB/s",
    trust: "secondary",
    source: "7 links of 64 GB/s to all peers; 64 to one",
    asOf,
  },
  {
    name: "TPU v5e ICI",
    oneWay: "200 GB/s",
    trust: "vendor",
    source: "Google Cloud TPU v5e page, half of the duplex figure",
    asOf,
  },
  {
    name: "TPU v6e ICI",
    oneWay: "400 GB/s",
    trust: "vendor",
    source: "Google Cloud TPU v6e page, half of the duplex figure",
    asOf,
  },
  { name: "InfiniBand HDR", oneWay: "25 GB/s", trust: "secondary", source: "200 Gb/s, 4 lanes", asOf },
  { name: "InfiniBand NDR", oneWay: "50 GB/s", trust: "secondary", source: "400 Gb/s, 4 lanes", asOf },
  { name: "InfiniBand XDR", oneWay: "100 GB/s", trust: "secondary", source: "800 Gb/s, 4 lanes", asOf },
  { name: "Ethernet 25 Gb/s", oneWay: "3.125 GB/s", trust: "derived", source: "bits / 8", asOf },
  { name: "Ethernet 100 Gb/s", oneWay: "12.5 GB/s", trust: "derived", source: "bits / 8", asOf },
  { name: "Ethernet 400 Gb/s", oneWay: "50 GB/s", trust: "derived", source: "bits / 8", asOf },
];
