import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTable, numbers } from "../../core/table.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { DEFAULT_REPAIR_POLICY } from "../../steps/3-data/sources/repair-policy.ts";
import { repairDuplicates } from "../../steps/3-data/sources/staged-rows.ts";
import type { SourceTable } from "../../steps/3-data/sources/table-types.ts";
import { fetchEvents, STAGED_EVENTS } from "./read-events.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

interface Row {
  readonly member: number;
  readonly title: number;
  readonly time: number;
  readonly value: number;
}

const rows = fc.array(
  fc.record({
    member: fc.integer({ min: 0, max: 2 }),
    title: fc.integer({ min: 0, max: 1 }),
    time: fc.integer({ min: 0, max: 9 }),
    value: fc.integer({ min: 0, max: 1 }),
  }),
  { minLength: 1, maxLength: 60 },
);

async function stage(events: readonly Row[]): Promise<void> {
  await sql.register("slice_members", createTable({ id: ["0", "1", "2"], index: Int32Array.of(0, 1, 2) }));
  await sql.register("slice_titles", createTable({ id: ["0", "1"], index: Int32Array.of(1, 0) }));
  await sql.register(
    STAGED_EVENTS,
    createTable({
      row: Float64Array.from(events, (_, at) => at + 1),
      member: events.map(({ member }) => String(member)),
      title: events.map(({ title }) => String(title)),
      time: Float64Array.from(events, ({ time }) => time),
      kind: Uint8Array.from(events, () => 1),
      value: Float32Array.from(events, ({ value }) => value),
      position: Int32Array.from(events, (_, at) => at),
    }),
  );
}

const table: SourceTable = {
  path: "log.csv",
  columns: [],
  from: "",
  types: [],
  understood: [],
  placeOf: async (row) => `log.csv:${row}`,
};

it("mends repetitions and hands events over the same, whole or in slices that fit into memory", async () => {
  const environment = { sql, files: createInputFiles() };
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom("keep-first", "keep-last", "keep-all" as const),
      fc.constantFrom(["member", "title", "kind", "time"], ["member", "title"]),
      async (events, duplicates, keys) => {
        const outcomes = [];
        for (const rowsAtOnce of [undefined, 7]) {
          await stage(events);
          const policy = { ...DEFAULT_REPAIR_POLICY, duplicates };
          const repetition = { kind: "duplicate-events", problem: "twice", values: ["member", "title", "value"] };
          const staged = { environment, table, name: STAGED_EVENTS, policy };
          const repair = await repairDuplicates(staged, keys, repetition, rowsAtOnce);
          const read = await fetchEvents(environment, "slice_members", "slice_titles", true, false, rowsAtOnce);
          outcomes.push({ repair, read });
        }
        expect(outcomes[1]).toEqual(outcomes[0]);
        const { read } = outcomes[0];
        const distinct = new Set(events.map((one) => keys.map((key) => Reflect.get(one, key)).join()));
        expect(read.count).toBe(duplicates === "keep-all" ? events.length : distinct.size);
        expect([...read.time]).toEqual([...read.time].sort((a, b) => a - b));
      },
    ),
    { numRuns: 40 },
  );
  // What was staged would stay beside the columns for the rest of the run.
  const left = await sql.query("SELECT count(*) AS count FROM duckdb_tables()");
  expect(numbers(left, "count")[0]).toBe(0);
});
