import { describe, expect, it } from "vitest";
import { plantScored } from "../../../../test/planted-tasks.ts";
import { DAY } from "../../../core/day.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { scoredFeatures } from "../../3-data/features/scored-features.ts";
import { ByteReader, ByteWriter } from "./byte-stream.ts";
import { openCaseReplay, requestOfRow } from "./case-replay.ts";
import { openCaseState } from "./case-state.ts";

/** Three cases of one person a day, without a time of day, of which two are positive. */
const task = plantScored(
  Array.from({ length: 60 }, (_, at) => ({ day: Math.floor(at / 3), unit: 0, label: at % 3 === 2 ? 0 : 1 }) as const),
);
const { positive } = task.words;
const rate: FeatureDeclaration = {
  name: "rate",
  entity: ["person"],
  aggregate: { kind: "rate", measure: positive },
  window: Number.POSITIVE_INFINITY,
  delay: 2 * DAY,
  smoothing: 20,
};

describe("cases replayed through the serving state", () => {
  it("give the batch's features where many share their moment and their keys", () => {
    const rows = Int32Array.from({ length: 60 }, (_, row) => row);
    const batch = scoredFeatures([rate], task, rows).get("rate");
    const state = openCaseState([rate], task);
    const served: number[] = [];
    const values = new Float64Array(1);
    openCaseReplay(state, task).advance(60, (row) => {
      state.read({ id: "", time: task.time[row], ...requestOfRow(task, state.entities, [], row) }, values);
      served.push(values[0]);
    });
    expect(served).toEqual([...(batch ?? [])]);
    expect(served.at(-1)).toBeCloseTo(2 / 3, 12);
  });
});

describe("cases that lack an amount", () => {
  it("give the batch's sums, means and counts, bit by bit", () => {
    const gaps = plantScored(
      Array.from({ length: 90 }, (_, at) => ({
        day: Math.floor(at / 2),
        unit: at % 4,
        label: at % 5 === 0 ? 1 : 0,
        value: at % 3 === 0 ? Number.NaN : at / 7 - 4,
      })),
    );
    const common = { entity: ["person"], window: 9 * DAY, delay: 0, smoothing: 0 };
    const own = { current: gaps.words.row };
    const sum = { kind: "sum", measure: "pages" } as const;
    const mean = { kind: "mean", measure: "pages" } as const;
    const declared: readonly FeatureDeclaration[] = [
      { ...common, name: "sum", aggregate: sum },
      { ...common, name: "mean", aggregate: mean },
      { ...common, name: "count", aggregate: { kind: "count" } },
      { ...common, name: "known", aggregate: { kind: "count", measure: "pages" }, ...own },
      { ...common, name: "total", aggregate: sum, ...own },
      { ...common, name: "usual", aggregate: mean, ...own },
      { ...common, name: "drawn", aggregate: mean, smoothing: 5 },
      { ...common, name: "last", aggregate: { kind: "recency", measure: "pages" } },
    ];
    const rows = Int32Array.from({ length: 90 }, (_, row) => row);
    const batch = [...scoredFeatures(declared, gaps, rows).values()];
    const state = openCaseState(declared, gaps);
    const values = new Float64Array(declared.length);
    openCaseReplay(state, gaps).advance(90, (row) => {
      state.read({ id: "", time: gaps.time[row], ...requestOfRow(gaps, state.entities, ["pages"], row) }, values);
      expect([...values]).toEqual(batch.map((column) => column[row]));
    });
    expect(batch[0].some((value) => value !== 0)).toBe(true);
  });
});

describe("labels that are told by id", () => {
  it("each reach their own case of a moment, once however often they are told, and after a restart too", () => {
    const open = () => openCaseState([rate], task);
    let state = open();
    const person = task.entities.get("person")?.names?.[0] ?? "0";
    const kept = ["a", "b", "c"].map((id) => state.take({ id, time: 0, entities: { person }, values: {} }).kept);
    const writer = new ByteWriter();
    state.save(writer);
    state = open();
    state.load(new ByteReader(writer.finish()));
    for (const one of [kept[1], kept[1], kept[2]]) state.label(one, 1, DAY);
    const values = new Float64Array(1);
    state.read({ id: "d", time: 5 * DAY, entities: { person }, values: {} }, values);
    expect(values[0]).toBeCloseTo(2 / 3, 12);
  });
});
