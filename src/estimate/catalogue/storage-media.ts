/** Storage media: what reading in sequence reaches. */

import type { Provenance } from "./entry.ts";

export interface StorageMedium extends Provenance {
  readonly name: string;
  readonly sequential: string;
}

const asOf = "2026-11-22";

export const STORAGE_MEDIA: readonly StorageMedium[] = [
  { name: "NVMe, PCIe 4 x4", sequential: "7 GB/s", trust: "unconfirmed", source: "the link allows 7.88 GB/s", asOf },
  {
    name: "cloud local NVMe, striped",
    sequential: "8 GiB/s",
    trust: "secondary",
    source: "sirupsen/napkin-math: reads; 3 GiB/s for writes",
    asOf,
  },
  { name: "SATA SSD", sequential: "550 MB/s", trust: "unconfirmed", source: "the line carries 600 MB/s", asOf },
  {
    name: "hard disk 7200 rpm",
    sequential: "250 MiB/s",
    trust: "secondary",
    source: "sirupsen/napkin-math; 10 ms a seek",
    asOf,
  },
  {
    name: "S3 standard, one connection",
    sequential: "90 MB/s",
    trust: "secondary",
    source: "85 to 95 MB/s; about 2 GiB/s a host with ranged reads",
    asOf,
  },
  {
    name: "GCS, one stream",
    sequential: "195 MiB/s",
    trust: "secondary",
    source: "190 to 200 MiB/s; 4.9 GiB/s a host",
    asOf,
  },
];
