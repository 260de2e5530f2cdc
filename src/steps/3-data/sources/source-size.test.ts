import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { sizeOfSource } from "./source-size.ts";
import type { Layout } from "./table-types.ts";

describe("the size of a source", () => {
  const files = createInputFiles();
  const folder = temporaryFolder();
  let sql: Duckdb;
  beforeAll(async () => {
    sql = await openDuckdb({ threads: 1 });
  });
  afterAll(() => sql.close());

  const TEXT: Layout = { kind: "text" };
  const at = (name: string, content: string | Uint8Array): string => {
    writeFileSync(`${folder}/${name}`, content);
    return `${folder}/${name}`;
  };
  const size = (path: string | readonly string[], layout: Layout = TEXT) =>
    sizeOfSource({ sql, files }, { path, layout });

  it("is what Parquet says, of all its parts together and of a name with signs of a pattern", async () => {
    for (const [name, rows] of [
      ["part[1].parquet", 700],
      ["part-2.parquet", 55],
    ] as const)
      await sql.query(`COPY (SELECT i FROM range(${rows}) r(i)) TO '${folder}/${name}' (FORMAT PARQUET)`);
    const paths = [`${folder}/part[1].parquet`, `${folder}/part-2.parquet`];
    expect(await size(paths, { kind: "parquet" })).toMatchObject({ files: 2, rows: 755, isCounted: true });
  });

  it("is estimated of text by the lines of its beginning, to a few hundredths", async () => {
    const lines = Array.from({ length: 60_000 }, (_, row) => `u${row % 777},${row * 13},${(row * 7) % 100}\n`).join("");
    const found = await size(at("events.csv", `user,item,value\n${lines}`));
    expect(found).toMatchObject({ files: 1, isCounted: false, isPacked: false });
    expect(Math.abs(found.rows / 60_000 - 1)).toBeLessThan(0.08);
  });

  it("counts the items of lists, the bytes of UTF-16 twice, and packed text four to one", async () => {
    const lists = Array.from({ length: 500 }, (_, row) => `${row} ${row + 1} ${row + 2} ${row + 3}`).join("\n");
    expect((await size(at("lists.txt", lists), { ...TEXT, rows: "list" })).rows).toBe(1500);
    const rows = Array.from({ length: 200 }, (_, row) => `${row};x\r\n`).join("");
    const wide = at("wide.csv", Buffer.from(`\ufeff${rows}`, "utf16le"));
    expect(Math.abs((await size(wide)).rows - 200)).toBeLessThanOrEqual(1);
    const packed = gzipSync(rows);
    expect(await size(at("packed.csv", packed))).toMatchObject({ isPacked: true });
    const expected = (200 / rows.length) * packed.length * 4;
    expect(Math.abs((await size(`${folder}/packed.csv`)).rows - expected)).toBeLessThanOrEqual(1);
  });

  it("is refused for a file that is not there", async () => {
    await expect(size(`${folder}/none.csv`)).rejects.toThrow();
    await expect(size(`${folder}/none.parquet`, { kind: "parquet" })).rejects.toThrow();
  });
});
