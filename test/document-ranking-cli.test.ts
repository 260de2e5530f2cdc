import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { simulateDocuments } from "../src/kinds/document-ranking/simulated-documents.ts";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let folder = "";
const heptad = (args: readonly string[]) => heptadHere(folder, args);

async function run(note: string): Promise<RunRecord> {
  const { stdout, stderr, status } = await heptad(["run", note, "--threads", "1", "--json"]);
  expect([status, stderr]).toEqual([0, ""]);
  return runRecordSchema.parse(JSON.parse(stdout));
}

function figureOf({ figures }: RunRecord, subject: string, name: string, against?: string): number {
  return (
    figures.find((one) => one.subject === subject && one.name === name && one.against === against)?.value ?? Number.NaN
  );
}

/** Lines of LibSVM of a simulated search, with the sizes of queries beside them or `qid`. */
function write(name: string, seed: number, queries: number, hasSizes: boolean): void {
  const world = simulateDocuments({ queries, documents: 12 }, createRandom(seed));
  const lines = Array.from(world.grades, (grade, row) => {
    const cells = [...world.features].map(([at, column]) => `${at}:${column[row].toFixed(4)}`).join(" ");
    return `${grade} ${hasSizes ? "" : `qid:${world.queries[row]} `}${cells}`;
  });
  writeFileSync(join(folder, "search", name), `${lines.join("\n")}\n`);
  if (hasSizes) writeFileSync(join(folder, "search", `${name}.query`), `${"12\n".repeat(queries)}`);
}

beforeAll(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, "search"));
  write("rank.train", 1, 120, true);
  write("rank.test", 2, 60, true);
  writeFileSync(join(folder, "heptad.yaml"), "");
});

describe("graded documents", () => {
  it("are drafted from a folder, and run with no edit: by their own parts, better than the best single feature", async () => {
    expect((await heptad(["new", "search", "--data", "search"])).stdout).toContain("document-ranking");
    const note = readFileSync(join(folder, "designs", "search.md"), "utf8");
    expect(note).toContain(
      "path: { train: ../search/rank.train, test: ../search/rank.test } }   # measured: 8 features",
    );
    const record = await run("designs/search.md");
    expect(figureOf(record, "data", "documents")).toBe(180 * 12);
    expect(figureOf(record, "split", "test queries")).toBe(60);
    expect(figureOf(record, "split", "train queries") + figureOf(record, "split", "validation queries")).toBe(120);
    expect(figureOf(record, "ranker", "ndcg@10", "baseline")).toBeGreaterThan(0.03);
    // Nobody comes back: nothing is said of histories.
    expect(JSON.stringify(record)).not.toMatch(/history that is kept|members?\b/u);
    const again = await heptad(["run", "designs/search.md", "--json"]);
    expect(JSON.parse(again.stdout).figures).toEqual(record.figures);
  });

  it("are dealt by query where one file holds them all", async () => {
    write("all.svm", 3, 100, false);
    expect((await heptad(["new", "dealt", "--data", "search/all.svm"])).status).toBe(0);
    const record = await run("designs/dealt.md");
    const queries = ["train", "validation", "test"].map((part) => figureOf(record, "split", `${part} queries`));
    expect(queries.reduce((sum, one) => sum + one, 0)).toBe(100);
    expect(queries[2]).toBeGreaterThan(8);
    expect(queries[2]).toBeLessThan(35);
  });

  it("refuse at its line what a run would not do", async () => {
    const note = readFileSync(join(folder, "designs", "search.md"), "utf8");
    const refused = async (from: string, to: string): Promise<string> => {
      expect(note).toContain(from);
      writeFileSync(join(folder, "designs", "bad.md"), note.replace(from, to));
      const { status, stderr } = await heptad(["run", "designs/bad.md"]);
      expect(status).toBe(2);
      return stderr;
    };
    expect(await refused("seed: 7", "seed: 7\nslices: [cold]")).toContain("slices speak of histories");
    expect(await refused("task: ranking", 'task: ranking\nlabel: { event: rating, positive: ">= 2" }')).toContain(
      "said by the grades",
    );
    expect(await refused("task: ranking", "task: ranking\nbaseline: { rule: most-popular }")).toContain("most-popular");
    expect(await refused("ndcg@10, ", "novelty@10, ")).toContain("each document here belongs to one query");
    expect(await refused("model: gbdt", "model: als")).toContain("`als`");
    expect(await refused("by: given, validation: 20%", "by: time, test: 20%")).toContain("queries are dealt whole");
    expect(await refused("by: given, validation: 20%", "by: group, test: 20%")).toContain("`split` deals queries anew");
    expect(await refused("by: given, validation: 20%", "by: given, validation: 7 d")).toContain("have no time");
    expect(await refused("train: ../search", "training: ../search")).toContain("`training` is no part");
  });

  it("are said to be no table beside other files", async () => {
    writeFileSync(join(folder, "events.csv"), "user,item\n1,2\n2,3\n");
    const { status, stderr } = await heptad(["new", "both", "--data", "search/rank.train", "--data", "events.csv"]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("document-ranking")]);
  });
});
