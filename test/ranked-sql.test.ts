import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numbers, texts } from "../src/core/table.ts";
import { type Duckdb, openDuckdb } from "../src/node/duckdb.ts";
import { runRecordSchema } from "../src/system/run-record.ts";
import { heptadHere } from "./heptad-here.ts";
import { sqlStatements } from "./sql-statements.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let sql: Duckdb;
let folder = "";
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
  folder = temporaryFolder();
  writeFileSync(join(folder, "heptad.yaml"), "");
  const note = readFileSync(join(import.meta.dirname, "fixtures", "tiny-recommendation.md"), "utf8");
  writeFileSync(join(folder, "note.md"), note);
});
afterAll(() => sql.close());

async function profileOf(text: string): Promise<ReadonlyMap<string, number>> {
  const { views, last } = sqlStatements(text);
  for (const one of views) await sql.query(one);
  const profile = await sql.query(last);
  const n = numbers(profile, "n");
  return new Map(texts(profile, "name").map((name, line) => [name, n[line]]));
}

describe("the SQL of a note that ranks", () => {
  it("has the events that a run parts, the requests that it makes, and with --candidates the rows that its ranker learns from", async () => {
    const ran = await heptadHere(folder, ["run", "note.md", "--threads", "1", "--json"]);
    expect(ran.status, ran.stderr).toBe(0);
    const { figures } = runRecordSchema.parse(JSON.parse(ran.stdout));
    const figureOf = (name: string): number | undefined => figures.find((one) => one.name === name)?.value;
    const printed = await heptadHere(folder, ["sql", "note.md", "--tables", "rows", "--candidates"]);
    expect(printed.status, printed.stderr).toBe(0);
    const lines = await profileOf(printed.stdout);
    const parts = await sql.query("SELECT part, count(*) AS n FROM heptad_events GROUP BY part");
    const n = numbers(parts, "n");
    for (const [at, part] of texts(parts, "part").entries())
      if (part !== "unused") expect([part, n[at]]).toEqual([part, figureOf(`${part} events`)]);
    const asked = await sql.query(
      "SELECT count(DISTINCT key_member) AS n FROM heptad_requests WHERE set_name = 'test'",
    );
    expect(numbers(asked, "n")[0]).toBe(figureOf("test requests"));
    const learned = await sql.query(
      "SELECT count(*) AS n FROM heptad_cases WHERE is_kept = 1 AND set_name LIKE 'fold-%'",
    );
    expect(numbers(learned, "n")[0]).toBe(figureOf("training rows"));
    expect(lines.get("refused")).toBe(0);
    expect(lines.get("wanted")).toBeGreaterThan(0);
  });

  it("has what is wanted alone without --candidates, and says why there is no more", async () => {
    const { stdout, stderr, status } = await heptadHere(folder, ["sql", "note.md", "--tables", "rows"]);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain("What else is ranked is proposed by trained models, which SQL has not.");
    const lines = await profileOf(stdout);
    expect(lines.get("wanted")).toBe(lines.get("rows"));
  });

  it("says where a run asks only some of those who could", async () => {
    const drawn = readFileSync(join(folder, "note.md"), "utf8").replace(
      /^seed: 7$/mu,
      "seed: 7\nevaluation: { sampled-users: 5 }",
    );
    expect(drawn).toContain("sampled-users");
    writeFileSync(join(folder, "drawn.md"), drawn);
    const { stdout, stderr, status } = await heptadHere(folder, ["sql", "drawn.md", "--tables", "rows"]);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain("a run draws 5 of each set at most (sampled-users)");
  });

  it("asks for a folder where its rows can lie", async () => {
    const { stderr, status } = await heptadHere(folder, ["sql", "note.md"]);
    expect(status).toBe(2);
    expect(stderr).toContain("--tables FOLDER");
  });
});
