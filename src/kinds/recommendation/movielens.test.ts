import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { listAt } from "../../steps/3-data/row-lists.ts";
import { splitByTime } from "../../steps/3-data/split/by-time.ts";
import { createRequests } from "../../steps/3-data/split/request-time.ts";
import { countParts } from "../../steps/3-data/split/split.ts";
import { interactionsFromStored, interactionsToStored, rankedTaskOf } from "./interactions.ts";
import { listMovielensFiles, readMovielens } from "./movielens.ts";

const ML_100K = "../shared/data/ml-100k";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

async function folder(contents: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const path = temporaryFolder();
  for (const [name, text] of Object.entries(contents)) await writeFile(join(path, name), text);
  return path;
}

const read = (path: string) => readMovielens({ sql, files: createInputFiles() }, path);

describe("the 1M layout", () => {
  it("reads `::` files in Latin-1, years out of names and every known member", async () => {
    const path = await folder({
      "ratings.dat": "2::20::4::978300275\n1::10::5::978300760\n",
      "movies.dat": Buffer.from(
        "10::Misérables, Les (1995)::Drama|Musical\n20::Tom & Huck::Children's\n30::Jumanji (1995)::Drama\n",
        "latin1",
      ),
      "users.dat": "1::F::25::10::48067\n2::M::56::16::V1G4L\n3::M::18::4::00000\n",
    });
    const { events, members, titles, source } = await read(path);
    expect([...events.time]).toEqual([978300275, 978300760]);
    expect([...events.member]).toEqual([1, 0]);
    expect([...events.value]).toEqual([4, 5]);
    expect(titles.names).toEqual(["Misérables, Les (1995)", "Tom & Huck", "Jumanji (1995)"]);
    expect([...titles.released]).toEqual([788918400, Number.NaN, 788918400]);
    expect(titles.genres.names).toEqual(["Children's", "Drama", "Musical"]);
    expect([...listAt({ offsets: titles.genres.offsets, items: titles.genres.indices }, 0)]).toEqual([1, 2]);
    expect(members.attributes.get("zip")).toEqual(["48067", "V1G4L", "00000"]);
    expect(source.simulated).toBe(false);
  });
});

it("the 10M layout is the 1M layout in UTF-8, without members", async () => {
  const path = await folder({
    "ratings.dat": "1::122::4.5::838985046\n",
    "movies.dat": "122::Léon (1994)::Crime|Drama\n",
  });
  const { titles, events, members } = await read(path);
  expect([titles.names, events.value[0], members.ids]).toEqual([["Léon (1994)"], 4.5, ["1"]]);
});

describe("the CSV layout", () => {
  const ratings = "userId,movieId,rating,timestamp\n1,2,3.5,964982703\n1,1,4.0,964981247\n";

  it("reads names with commas, genres, and none where none are listed", async () => {
    const path = await folder({
      "ratings.csv": ratings,
      "movies.csv":
        'movieId,title,genres\n1,"American President, The (1995)",Comedy|Drama\n2,Heat,(no genres listed)\n',
    });
    const { titles } = await read(path);
    expect(titles.names).toEqual(["American President, The (1995)", "Heat"]);
    expect([...titles.genres.offsets]).toEqual([0, 2, 2]);
  });

  it("does without movies.csv and without genres", async () => {
    const bare = await read(await folder({ "ratings.csv": ratings }));
    expect(bare.titles.names).toEqual(["1", "2"]);
    expect(bare.titles.genres.names).toEqual([]);
    const named = await read(await folder({ "ratings.csv": ratings, "movies.csv": "movieId,title\n1,Heat (1995)\n" }));
    expect(named.titles.names).toEqual(["Heat (1995)", "2"]);
  });

  it("reads a ratings file that is named itself, with what stands beside it", async () => {
    const path = await folder({ "ratings.csv": ratings, "movies.csv": "movieId,title\n1,Heat (1995)\n" });
    const environment = { sql, files: createInputFiles() };
    expect((await readMovielens(environment, join(path, "ratings.csv"))).titles.names).toEqual(["Heat (1995)", "2"]);
    expect(await listMovielensFiles(environment, path)).toEqual([join(path, "ratings.csv"), join(path, "movies.csv")]);
  });
});

describe("what is not MovieLens", () => {
  it("says which files a folder should hold", async () => {
    const path = await folder({ "other.txt": "1" });
    await expect(read(path)).rejects.toMatchObject({ failure: { code: "not-movielens", where: path } });
  });

  it("says that there is nothing at the path", async () => {
    await expect(read("/nowhere/u.data")).rejects.toMatchObject({ failure: { code: "no-such-file" } });
  });
});

describe.skipIf(!existsSync(ML_100K))("MovieLens 100k (skipped where the data set is absent)", () => {
  let whole: Awaited<ReturnType<typeof read>>;
  beforeAll(async () => {
    whole = await read(ML_100K);
  });

  it("has the published counts, sorted by time", () => {
    const { events, members, titles } = whole;
    expect([events.count, members.count, titles.count]).toEqual([100_000, 943, 1682]);
    expect([events.time[0], events.time[99_999]]).toEqual([874724710, 893286638]);
    const histogram = [1, 2, 3, 4, 5].map((rating) => events.value.filter((value) => value === rating).length);
    expect(histogram).toEqual([6110, 11370, 27145, 34174, 21201]);
    expect(titles.genres.names).toHaveLength(18);
    expect(titles.names).toContain("Misérables, Les (1995)");
    expect(titles.released[0]).toBe(Date.UTC(1995, 0, 1) / 1000);
    expect(Number.isNaN(titles.released[266])).toBe(true);
    expect(members.attributes.get("age")?.[0]).toBe(24);
    expect(members.attributes.get("occupation")?.[0]).toBe("technician");
  });

  it("has 301 members active after the cut at 80 % of the events, 109 of them seen before", () => {
    const { events, units } = rankedTaskOf(whole);
    const split = splitByTime(events.time, { validation: { share: 0 }, test: { share: 0.2 } });
    expect(countParts(split)).toEqual({ train: 79_999, validation: 0, test: 20_001, unused: 0 });
    const from = split.testStart ?? Number.NaN;
    const folded = createRequests(events, units, { from });
    const cold = createRequests(events, units, { from, foldIn: 0 });
    expect(folded.units).toEqual({ active: 301, seenBefore: 109, withoutRelevant: 301 - 283, onlyHad: 0 });
    expect(cold.count).toBe(290);
  });

  it("comes back the same from a stage result", () => {
    const stored = interactionsToStored(whole);
    const json = JSON.parse(JSON.stringify(stored.json));
    // Many columns of a hundred thousand numbers: `toEqual` takes seconds over them.
    expect(isDeepStrictEqual(interactionsFromStored({ json, arrays: stored.arrays }), whole)).toBe(true);
  });
});
