import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { compareRecords, main, readRecord, withoutTimes } from "./compare-records.ts";

const FIGURE = {
  step: 5,
  name: "ndcg@10",
  subject: "als",
  slice: "all",
  value: 0.25,
  unit: "",
  interval: [0.2, 0.3],
  n: 9,
  note: "",
};
const ALERT = { step: 7, kind: "alert", metric: "psi of prediction", condition: "> 0.2", measured: 0.1, fires: false };
const record = (parts: { figures?: unknown[]; remarks?: unknown[]; alerts?: unknown[] }) =>
  readRecord(JSON.stringify({ figures: [], remarks: [], alerts: [], version: "0.1.0", ...parts }));
const figuresOf = (before: object[], after: object[]) =>
  compareRecords(
    record({ figures: before.map((one) => ({ ...FIGURE, ...one })) }),
    record({ figures: after.map((one) => ({ ...FIGURE, ...one })) }),
  );

describe("two records of runs", () => {
  it("differ in nothing where figures, remarks and alerts are the same, whatever the version", () => {
    const parts = { figures: [FIGURE], remarks: [{ step: 5, kind: "answer", text: "it is" }], alerts: [ALERT] };
    const same = compareRecords(record(parts), { ...record(parts), version: "0.2.0" });
    expect(same).toEqual({ figures: [], remarks: [], alerts: [], same: 3, leftOut: 0 });
  });

  it("differ in a value, an interval's end, a count, a unit and a note, each said with both sides", () => {
    const moved = (change: object): readonly string[] => figuresOf([{}], [change]).figures;
    expect(moved({ value: 0.26 })).toEqual([
      "moved: step 5, ndcg@10 of als: 0.25 [0.2, 0.3], n 9 -> 0.26 [0.2, 0.3], n 9",
    ]);
    expect(moved({ interval: [0.2, 0.31] })[0]).toMatch(/^moved: /u);
    expect(moved({ interval: null })[0]).toMatch(/^moved: /u);
    expect(moved({ n: 10 })[0]).toMatch(/^moved: /u);
    expect(moved({ unit: "share" })[0]).toMatch(/^told otherwise: /u);
    expect(moved({ note: "over members" })[0]).toMatch(/^told otherwise: /u);
  });

  it("tell the last digits of a sum from a figure that moved", () => {
    expect(figuresOf([{}], [{ value: 0.25 + 1e-12 }]).figures[0]).toMatch(/^moved in the last digits: /u);
    expect(figuresOf([{}], [{ value: 0.25 + 1e-8 }]).figures[0]).toMatch(/^moved: /u);
    expect(figuresOf([{ value: 0 }], [{ value: 1e-12 }]).figures[0]).toMatch(/^moved: /u);
  });

  it("say which figures are gone and new, by subject, slice and what they are held against", () => {
    const { figures } = figuresOf([{}, { slice: "new users" }], [{}, { against: "baseline" }]);
    expect(figures).toEqual([
      "gone: step 5, ndcg@10 of als, new users: 0.25 [0.2, 0.3], n 9",
      "new: step 5, ndcg@10 of baseline vs als: 0.25 [0.2, 0.3], n 9",
    ]);
  });

  it("hold figures of one name against each other in their order, so that none hides another", () => {
    expect(figuresOf([{}, { value: 1 }], [{}, { value: 2 }]).figures).toHaveLength(1);
    expect(figuresOf([{}, { value: 1 }], [{}]).figures).toHaveLength(1);
  });

  it("leave times and bytes of the machine out, and not what the note states in seconds", () => {
    const timed = { step: 6, name: "latency p99", unit: "s" };
    expect(figuresOf([timed], [{ ...timed, value: 9 }])).toMatchObject({ figures: [], leftOut: 1 });
    const stated = { step: 1, name: "history", unit: "s" };
    expect(figuresOf([stated], [{ ...stated, value: 9 }]).figures).toHaveLength(1);
  });

  it("differ where an alert fires that was quiet, or measures another value", () => {
    const alerts = (change: object) =>
      compareRecords(record({ alerts: [ALERT] }), record({ alerts: [{ ...ALERT, ...change }] })).alerts;
    expect(alerts({ fires: true })).toEqual([
      "moved: step 7, alert on psi of prediction: > 0.2: 0.1, quiet -> 0.1, fires",
    ]);
    expect(alerts({ fires: null })[0]).toContain("not settled");
    expect(alerts({ measured: null })[0]).toContain("not measured");
    expect(alerts({ metric: "latency p99", measured: 3 })).toHaveLength(1);
  });

  it("hold remarks against each other without the durations and sizes that they quote", () => {
    const remarks = (a: string, b: string) =>
      compareRecords(
        record({ remarks: [{ step: 6, kind: "answer", text: a }] }),
        record({ remarks: [{ step: 6, kind: "answer", text: b }] }),
      ).remarks;
    expect(remarks("answers in 1.2 ms, 3 MB", "answers in 14 ms, 2.9 MB")).toEqual([]);
    expect(remarks("1,200 members", "1,300 members")).toHaveLength(2);
    expect(withoutTimes("at 400/s for 14 d")).toBe("at … for 14 d");
  });

  it("are read from files: 0 for none that differ, 1 for some, and 2 with a sentence for what is no record", () => {
    const folder = temporaryFolder();
    const [a, b, c] = ["a.json", "b.json", "c.json"].map((name) => join(folder, name));
    writeFileSync(a, JSON.stringify({ figures: [FIGURE], remarks: [], alerts: [] }));
    writeFileSync(b, JSON.stringify({ figures: [{ ...FIGURE, value: 1 }], remarks: [], alerts: [] }));
    writeFileSync(c, "[]");
    const run = (...paths: string[]): readonly [number, string] => {
      let text = "";
      const code = main(paths, (more) => {
        text += more;
      });
      return [code, text];
    };
    expect(run(a, a)).toEqual([0, "0 differ, 1 are the same, 0 figures of times and bytes are left out\n"]);
    expect(run(a, b)[0]).toBe(1);
    expect(run(a, b)[1]).toMatch(/^figures: 1 differ\n {2}moved: /u);
    expect(run(a, c)[0]).toBe(2);
    expect(run(a, join(folder, "none.json"))[1]).toMatch(/is no run record/u);
    expect(run(a)[0]).toBe(2);
  });
});
