import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Failure } from "../src/core/outcome.ts";
import { planRun } from "../src/kinds/plan-run.ts";
import { findKind } from "../src/kinds/registry.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import { createInputFiles } from "../src/node/input-files.ts";
import { parseDesign } from "../src/steps/design.ts";
import type { Machine } from "../src/system/need.ts";
import { sealedEnvironment } from "./sealed-environment.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const NOTE = readFileSync("test/fixtures/small-recommendation.md", "utf8");
const MACHINE: Machine = { memory: 24e9, cores: 2 };

/** The first thing that is said against a note: by its format, or by the plan of its run. */
async function refusal(
  text: string,
  access: Parameters<typeof planRun>[1] | Partial<Parameters<typeof planRun>[1]> = {},
): Promise<Pick<Failure, "message" | "fix" | "at"> | undefined> {
  const { design, findings } = parseDesign(text, "note.md");
  if (design === undefined || findings.length > 0) return findings[0];
  const kind = findKind(design.front.system);
  if (!kind.ok) return kind.failure;
  const { files, sql } = sealedEnvironment;
  const planned = await planRun(kind.value, {
    design,
    resolve: (path) => path,
    files,
    sql,
    machine: MACHINE,
    ...access,
  });
  return planned.ok ? undefined : planned.failure;
}

function edited(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, NOTE);
}

describe("a note that asks for the impossible", () => {
  it("is refused by what so many factors or trees would come to", async () => {
    expect((await refusal(edited(["factors: 16", "factors: 100000"])))?.message).toBe(
      "`100000` is too large: `factors` is at most 4096, since als solves 100,000 x 100,000 numbers of 4 bytes for each unit and item, 40 GB",
    );
    expect((await refusal(edited(["trees: 10,", "trees: 1000000000,"])))?.message).toContain(
      "`trees` is at most 100000, since 1,000,000,000 trees of 31 leaves have 61 nodes of 24 bytes each, 1.46 TB",
    );
    expect((await refusal(edited(["factors: 16", "factors: 100k"])))?.fix).toBe("write it in digits: 100000");
  });

  it("is refused at its line where a world is too large for the passes over it", async () => {
    const large = edited(
      ["members: 250, items: 120, days: 45", "members: 2M, items: 1M, days: 45"],
      ["factors: 16", "factors: 4096"],
      ["iterations: 4", "iterations: 10000"],
    );
    const found = await refusal(large);
    expect(found?.message).toBe(
      "als with 4,096 factors and 10,000 iterations does not fit: 2,000,000 units and 1,000,000 items x 4,096 numbers of 4 bytes, and 0 pairs of 16 are 49.2 GB, and this machine has 24 GB",
    );
    expect(found?.at?.start.line).toBe(NOTE.slice(0, NOTE.indexOf("stages:")).split("\n").length + 1);
    // A larger machine could hold it, and would still never end.
    const slow = await refusal(large, { machine: { memory: 100e9, cores: 2 } });
    expect(slow?.message).toMatch(/would not end: 10,000 iterations x \(3,000,000 units and items x 4,096³ \/ 3/u);
    expect(await refusal(large, { machine: undefined })).toBeUndefined();
  });

  it("is refused for rows that no memory here holds, counted where the file says them, halved where they are estimated", async () => {
    const folder = temporaryFolder();
    const sql = await openDuckdb();
    try {
      const parquet = `${folder}/events.parquet`;
      const csv = `${folder}/events.csv`;
      const rows = "SELECT i % 90 AS u, i % 40 AS t, i AS at FROM range(3000) r(i)";
      await sql.query(`COPY (${rows}) TO '${parquet}' (FORMAT PARQUET)`);
      await sql.query(`COPY (${rows}) TO '${csv}' (HEADER)`);
      const on = (path: string): string =>
        edited(
          [
            "source: { format: simulated, members: 250, items: 120, days: 45 }",
            `source: { format: ${path.split(".").at(-1)}, path: ${path}, columns: { member: u, title: t } }`,
          ],
          ["time: timestamp", "time: at"],
          // These rows say nothing of titles.
          ["model: content", "model: most-popular"],
          ["title: content", "title: most-popular"],
        );
      const files = createInputFiles();
      const tried = (path: string, memory: number) => refusal(on(path), { sql, files, machine: { memory, cores: 2 } });
      expect((await tried(parquet, 86_999))?.message).toBe(
        "the data does not fit: 3,000 rows x 29 bytes are 87 kB, and this machine has 87 kB",
      );
      expect(await tried(parquet, 87_000)).toBeUndefined();
      expect((await tried(csv, 40_000))?.message).toMatch(/^the data does not fit: at least 1,50\d rows x 29 bytes/u);
      expect(await tried(csv, 60_000)).toBeUndefined();
    } finally {
      sql.close();
    }
  });
});
