/** The charts of a search by photo: all searches side by side, and the network by class. */

import type { Chart } from "../../../core/chart.ts";
import type { Figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { SimilarityMeasure } from "./similarity-measures.ts";

export function searchesChart(figures: readonly Figure[], { name }: SimilarityMeasure): Chart {
  const own = figures.filter((one) => one.name === name && one.against === undefined);
  return {
    form: "intervals",
    title: "Search by photo: network and plain searches",
    caption: `${name} on the same test photos, 95% intervals by item.${own.some(({ subject }) => subject === "random network") ? " The random network has the same layers and no training." : ""}`,
    xLabel: "search",
    yLabel: name,
    points: own.map(({ subject, value, interval }) => ({
      x: subject,
      y: value,
      interval,
      label: formatNumber(value, 3),
    })),
  };
}

export function classChart(figures: readonly Figure[], { name }: SimilarityMeasure): Chart {
  return {
    form: "intervals",
    title: "By class",
    caption: `${name} of the network by the class of the photo that asks, 95% intervals by item. A small class has a wide interval.`,
    xLabel: "class",
    yLabel: name,
    points: figures.map(({ slice, value, interval, n }) => ({
      x: slice,
      y: value,
      interval,
      label: `${formatNumber(value, 3)}, ${n} items`,
    })),
  };
}
