import { describe, expect, it } from "vitest";
import { figure } from "../core/figure.ts";
import { type SweepPoint, shownPoints, sweepHeadline, sweepPoints, sweepTable } from "./sweep.ts";

function point(name: string, quality: number, interval: SweepPoint["interval"], onFront = false): SweepPoint {
  return { name, subject: "two-stage", metric: "ndcg@10", quality, interval, latency: 0.001, bytes: 1, onFront };
}

const measuredFigure = (parts: Parameters<typeof figure>[0]) => ({ ...figure(parts), interval: null });

describe("the front of a sweep", () => {
  const evaluation = {
    metric: "ndcg@10",
    baseline: "baseline",
    chosen: "two-stage",
    rival: null,
    served: "two-stage",
    contenders: [],
  };
  const variant = (name: string, quality: number, latency: number, bytes: number) => ({
    name,
    record: {
      evaluation,
      figures: [
        measuredFigure({ step: 5, name: "ndcg@10", subject: "two-stage", value: quality }),
        measuredFigure({ step: 5, name: "ndcg@10", subject: "baseline", value: 0.9 }),
        measuredFigure({ step: 6, name: "latency p50", subject: "request", value: latency }),
        measuredFigure({ step: 4, name: "model bytes", subject: "als", value: bytes }),
        measuredFigure({ step: 4, name: "model bytes", subject: "ranker", value: 10 }),
      ],
    },
  });

  it("wants more quality, less latency and less memory", () => {
    const points = sweepPoints([
      variant("as it is", 0.1, 0.01, 100),
      variant("larger", 0.1, 0.01, 200),
      variant("slower", 0.1, 0.02, 100),
      variant("worse", 0.05, 0.01, 100),
      variant("smaller and worse", 0.05, 0.01, 50),
    ]);
    expect(points.filter(({ onFront }) => onFront).map(({ name }) => name)).toEqual(["as it is", "smaller and worse"]);
    expect(points[0]).toMatchObject({ quality: 0.1, latency: 0.01, bytes: 110, metric: "ndcg@10" });
  });
});

describe("a sweep in words", () => {
  it("says how many others lie within the best one's interval, and never that a point is best where they do", () => {
    const points = [
      point("16", 0.13, [0.11, 0.15], true),
      point("32", 0.12, [0.1, 0.14]),
      point("64", 0.05, [0.03, 0.07]),
    ];
    expect(sweepHeadline(points)).toEqual([
      "1 of 3 variants are beaten by no other in quality, latency and memory together.",
      "Best ndcg@10: 16, 0.130 [0.110, 0.150]; 1 other lies within its interval: compare the two that matter with heptad compare.",
    ]);
    const [said, ...figures] = sweepHeadline([points[0]]);
    expect(said).toBe("One variant: there is nothing to compare it with.");
    expect([figures.length, figures.join("").includes("others")]).toEqual([1, false]);
    expect(sweepHeadline([points[0], points[2]])[1]).toContain("above all others by more than its own interval");
    expect(sweepHeadline([point("16", 0.1, null), points[2]])[1]).toContain("nothing is told apart");
  });

  it("says whose figures they are where not the same system would be served: a smaller ranker seemed to have the baseline's size", () => {
    const served = (name: string, quality: number, subject: string) => ({ ...point(name, quality, null), subject });
    const points = [served("trees=20", 0.34, "baseline"), served("trees=50", 0.4, "model")];
    expect(sweepHeadline(points).at(-1)).toBe(
      "Not the same system is best on validation in each, and the figures are of the one that is: baseline with trees=20; model with trees=50.",
    );
    expect(sweepHeadline([points[0], served("trees=30", 0.3, "baseline")])).toHaveLength(2);
  });

  it("speaks of the one other where there are two", () => {
    const two = [point("16", 0.13, [0.11, 0.15], true), point("32", 0.12, [0.1, 0.14])];
    expect(sweepHeadline(two)[1]).toContain("; the other lies within its interval");
  });

  it("writes the qualities of a column with the decimals of its narrowest interval", () => {
    const rows = sweepTable([point("16", 0.13693, [0.06145, 0.2594]), point("32", 0.1337, [0.13, 0.138])]).rows;
    expect(rows.map(([, quality]) => quality)).toEqual(["0.1369 [0.0614, 0.2594]", "0.1337 [0.1300, 0.1380]"]);
  });

  it("shows the front and the best where there are many variants, in their own order", () => {
    const many = Array.from({ length: 60 }, (_, i) => point(String(i), i / 100, null, i === 3));
    const shown = shownPoints(many).map(({ name }) => name);
    expect(shown).toHaveLength(28);
    expect(shown[0]).toBe("3");
    expect(shown.at(-1)).toBe("59");
  });
});
