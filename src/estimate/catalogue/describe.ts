/** The catalogue as Markdown tables, every value with its source, its day and how far it can be trusted. */

import { ACCELERATORS } from "./accelerators.ts";
import { EDGE_DEVICES } from "./edge-devices.ts";
import type { Provenance } from "./entry.ts";
import { LATENCIES } from "./latencies.ts";
import { LINKS } from "./links.ts";
import { PRICES } from "./prices.ts";
import { STORAGE_MEDIA } from "./storage-media.ts";

export function describeCatalogue(): string {
  return [
    "## Catalogue",
    "Peaks are dense. `unconfirmed` values are assumptions to be replaced by your own.",
    "### Accelerators",
    table(
      ["device", "form", "memory", "bandwidth", "bf16", "fp16", "int8", "fp8", "power"],
      ACCELERATORS.map((one) => [
        [one.name, one.form, one.memory, one.bandwidth, one.bf16, one.fp16, one.int8, one.fp8, one.power],
        one,
        one.note,
      ]),
    ),
    "### Small devices",
    table(
      ["device", "memory", "bandwidth", "int8", "power"],
      EDGE_DEVICES.map((one) => [[one.name, one.memory, one.bandwidth, one.int8, one.power], one]),
    ),
    "### Links, one way",
    table(
      ["link", "bandwidth"],
      LINKS.map((one) => [[one.name, one.oneWay], one]),
    ),
    "### Storage",
    table(
      ["medium", "sequential read"],
      STORAGE_MEDIA.map((one) => [[one.name, one.sequential], one]),
    ),
    "### Latencies",
    table(
      ["operation", "plan with"],
      LATENCIES.map((one) => [[one.operation, one.time], one]),
    ),
    "### Prices",
    table(
      ["of", "name", "price", "terms"],
      PRICES.map((one) => [[one.of, one.name, one.price, one.terms], one]),
    ),
  ].join("\n\n");
}

type Row = readonly [readonly (string | undefined)[], Provenance, string?];

function table(head: readonly string[], rows: readonly Row[]): string {
  const titles = [...head, "trust", "source", "as of"];
  const lines = rows.map(([cells, { trust, source, asOf }, note]) => {
    const said = note === undefined ? source : `${source}. ${note}`;
    return `| ${[...cells.map((cell) => cell ?? "-"), trust, said, asOf].join(" | ")} |`;
  });
  return [`| ${titles.join(" | ")} |`, `|${" --- |".repeat(titles.length)}`, ...lines].join("\n");
}
