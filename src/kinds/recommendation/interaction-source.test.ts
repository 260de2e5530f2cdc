import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createRandom } from "../../core/random.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { dataSchema } from "../../steps/3-data/schema.ts";
import { detectSource, interactionSourceOf, listSourceFiles, readInteractions } from "./interaction-source.ts";

let sql: Duckdb;
let folder: string;
beforeAll(async () => {
  sql = await openDuckdb();
  folder = temporaryFolder();
});
afterAll(() => sql.close());

const sourceOf = (facts: unknown) => interactionSourceOf(dataSchema.parse(facts), (path) => join(folder, path));

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

describe("the source of a note", () => {
  it("is a simulation of the written size, and one of the usual size when none is named", async () => {
    const source = sourceOf({ source: { format: "simulated", members: "0.1k", items: 50, days: 30 } });
    expect(source).toEqual({ format: "simulated", world: { members: 100, titles: 50, days: 30 } });
    expect(sourceOf({})).toMatchObject({ format: "simulated" });
    const environment = { sql, files: createInputFiles() };
    expect((await readInteractions(environment, source, createRandom(1))).members.count).toBe(100);
    expect(await listSourceFiles(environment, source)).toEqual([]);
  });

  it("is a file with its columns, time and repairs", async () => {
    const path = await write("own.csv", "who,what,when,stars\n1,2,2024-01-01,9\n1,3,2024-01-02,4\n");
    const source = sourceOf({
      source: { format: "csv", path: "own.csv", columns: { member: "who", title: "what", rating: "stars" } },
      time: "when",
      repair: { range: [1, 5], "out-of-range": "clip" },
    });
    const { events } = await readInteractions({ sql, files: createInputFiles() }, source, createRandom(1));
    expect([...events.value]).toEqual([5, 4]);
    expect(await listSourceFiles({ sql, files: createInputFiles() }, source)).toEqual([path]);
  });

  it("needs a path for files, and members and titles for a recommendation", () => {
    expect(() => sourceOf({ source: { format: "movielens" } })).toThrow("needs a path");
    expect(() => sourceOf({ source: { format: "images", path: "photos" } })).toThrow("holds no members");
  });
});

it("is found out from what lies at a path", async () => {
  const environment = { sql, files: createInputFiles() };
  const formatAt = async (path: string) => (await detectSource(environment, path)).format;
  expect(await formatAt(await write("a.parquet", ""))).toBe("parquet");
  expect(await formatAt(await write("a.tsv", ""))).toBe("tsv");
  expect(await formatAt(await write("a.csv", "member,title,time\n"))).toBe("csv");
  expect(await formatAt(await write("b.csv", "userId,movieId,rating,timestamp\n1,2,3,4\n"))).toBe("movielens");
  expect(await formatAt(await write("ratings.dat", "1::2::3::4\n"))).toBe("movielens");
  expect(await formatAt(folder)).toBe("movielens");
});
