import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { FailureError } from "../../core/outcome.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { DEFAULT_REPAIR_POLICY } from "../../steps/3-data/sources/repair-policy.ts";
import { EVENT_KINDS, type Interactions } from "./interactions.ts";
import { readMappedFiles } from "./mapped-files.ts";
import { readMovielens } from "./movielens.ts";

let sql: Duckdb;
let folder: string;
beforeAll(async () => {
  sql = await openDuckdb();
  folder = temporaryFolder();
});
afterAll(() => sql.close());

const policy = { ...DEFAULT_REPAIR_POLICY, badNumber: "drop" } as const;

/** Whole data, or a failure that says something: anything else is a fault of ours. */
async function readOrFail(read: () => Promise<Interactions>): Promise<"read" | "refused"> {
  try {
    const { events, members, titles } = await read();
    for (let row = 0; row < events.count; row++) {
      expect(events.member[row]).toBeLessThan(members.count);
      expect(events.title[row]).toBeLessThan(titles.count);
      expect(Number.isFinite(events.time[row]) && Number.isFinite(events.value[row])).toBe(true);
      expect(EVENT_KINDS[events.kind[row]]).toBeDefined();
      if (row > 0) expect(events.time[row]).toBeGreaterThanOrEqual(events.time[row - 1]);
    }
    return "read";
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    expect(error.failure.message).not.toBe("");
    expect(error.failure.code).not.toBe("sql-error");
    return "refused";
  }
}

const CLEAN =
  'member,title,time,rating\n1,10,1704067100,4\n2,11,1704067150,3.5\n3,"a, b",1704067200,5\n4,12,1704067203,1\n';

/** What happens to a file on its way: bytes put in place of others, cut off, or repeated. */
const someDamage = fc.array(
  fc.record({
    at: fc.nat(CLEAN.length),
    length: fc.nat(20),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom('"', ",", "\n", "\r", "\r\n", "\0", "\\", "é", "1e999", "-1", "NaN", "''", ";", "\uFEFF")
        .map((text) => Buffer.from(text)),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function damage(clean: Uint8Array, changes: readonly { at: number; length: number; bytes: Uint8Array }[]): Uint8Array {
  let bytes = Buffer.from(clean);
  for (const { at, length, bytes: inserted } of changes) {
    bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(Math.min(bytes.length, at + length))]);
  }
  return bytes;
}

it("a damaged CSV file is read with repairs or refused with words, never anything else", async () => {
  const path = join(folder, "events.csv");
  const environment = { sql, files: createInputFiles() };
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(someDamage, async (changes) => {
      await writeFile(path, damage(Buffer.from(CLEAN), changes));
      const source = { path, format: "csv", columns: { rating: "rating" }, policy } as const;
      outcomes.add(await readOrFail(() => readMappedFiles(environment, source)));
    }),
    { numRuns: 60, seed: 7 },
  );
  expect([...outcomes].sort()).toEqual(["read", "refused"]);
});

it("so is a damaged MovieLens folder, side files included", async () => {
  const environment = { sql, files: createInputFiles() };
  const ratings = Buffer.from("1\t10\t5\t100\n2\t11\t3\t101\n3\t10\t1\t99\n");
  const flags = "0|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0";
  const items = Buffer.from(
    `10|Heat (1995)|01-Jan-1995||http://a|${flags}\n11|Caf\xe9 (1996)|02-Feb-1996|||${flags}\n`,
    "latin1",
  );
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(someDamage, fc.boolean(), async (changes, isSide) => {
      await writeFile(join(folder, "u.data"), isSide ? ratings : damage(ratings, changes));
      await writeFile(join(folder, "u.item"), isSide ? damage(items, changes) : items);
      outcomes.add(await readOrFail(() => readMovielens(environment, folder, policy)));
    }),
    { numRuns: 40, seed: 7 },
  );
  expect([...outcomes].sort()).toEqual(["read", "refused"]);
});

it("so is a damaged Parquet file", async () => {
  const environment = { sql, files: createInputFiles() };
  const whole = join(folder, "whole.parquet");
  await sql.query(
    `COPY (SELECT range AS member, range AS title, 1704067200 + range * 100 AS time FROM range(50)) TO '${whole}' (FORMAT parquet)`,
  );
  const clean = await readFile(whole);
  const path = join(folder, "events.parquet");
  await fc.assert(
    fc.asyncProperty(fc.nat(clean.length), fc.uint8Array({ minLength: 1, maxLength: 4 }), async (at, bytes) => {
      await writeFile(path, damage(clean, [{ at, length: bytes.length, bytes }]));
      await readOrFail(() => readMappedFiles(environment, { path, format: "parquet", policy }));
    }),
    { numRuns: 50, seed: 7 },
  );
});
