import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sealedEnvironment as environment } from "../../../test/sealed-environment.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { unwrap } from "../../core/outcome.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { reviewNote } from "../../note/review-note.ts";
import { draftNote } from "../../steps/3-data/profile/draft-note.ts";
import { profileFiles } from "../../steps/3-data/profile/files-profile.ts";
import { scoredTaskFromStored } from "../../steps/3-data/scored-task.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../../steps/3-data/split/late-label-split-stage.ts";
import { parseDesign } from "../../steps/design.ts";
import { runPipeline } from "../../system/pipeline.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { unhurried } from "../../system/served-system.ts";
import { binaryClassification } from "./binary-classification.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

/** 600 accounts, of which those with many calls mostly leave; `every` rows stand for one. */
function table(every: number): string {
  const row = (at: number): string => {
    const calls = (at * 7) % 10;
    const isGone = calls > 7 ? at % 5 !== 0 : at % 17 === 0;
    return `${900_000 + Math.floor(at / every)},${["free", "pro", "team"][at % 3]},${calls},${isGone ? "Yes" : "No"}`;
  };
  return `account_id,plan,support_calls,churned\n${Array.from({ length: 600 }, (_, at) => row(at)).join("\n")}\n`;
}

async function runDraft(every: number) {
  const folder = temporaryFolder();
  const path = join(folder, "churn.csv");
  writeFileSync(path, table(every));
  const files = createInputFiles();
  const profile = await profileFiles({ sql, files }, [path]);
  const note = draftNote(profile, { title: "Churn", date: "2026-01-31", relative: (one) => one });
  const { design } = parseDesign(note, "churn.md");
  if (design === undefined) throw new Error(note);
  const { stages } = unwrap(await binaryClassification.plan({ design, resolve: (one) => one, files, sql }));
  const outcomes = await runPipeline(stages, {
    environment: { ...environment, files, sql },
    store: createMemoryStore(),
    seed: 7,
    codeVersion: "test",
  });
  const results = new Map(outcomes.map(({ stage, result }) => [stage.name, result]));
  return {
    note,
    design,
    results,
    said: outcomes.flatMap(({ result }) => result.remarks.map(({ text }) => text)).join("\n"),
  };
}

it("a table without time runs from its draft as it stands, and nothing is said of days", async () => {
  const { note, results, said } = await runDraft(1);
  expect(note).toContain("split: { by: random, validation: 10%, test: 20% }");
  expect(note).not.toMatch(/delay:|account_id_rate|window: \d/u);
  const findings = reviewNote(note).map(({ code }) => code);
  for (const code of ["HP306", "HP322", "HP340"]) expect(findings).not.toContain(code);
  const cases = results.get("cases");
  const rounds = results.get(ROUNDS_STAGE);
  if (cases === undefined || rounds === undefined) throw new Error("no stages");
  const { final, earlier } = roundsFromStored(rounds);
  expect([final.trainUntil, final.test.length, earlier[0].test.length]).toEqual([480, 120, 60]);
  expect(scoredTaskFromStored(cases).dealt).toEqual({ group: null, validation: 10, test: 20 });
  expect(said).toContain("600 cases, without time");
  expect(said).not.toMatch(/\b19[67]\d|test days|after its delay/u);
  const figures = results.get("evaluation")?.figures ?? [];
  const auc = figures.find(({ name, subject }) => name === "auc roc" && subject === "model")?.value ?? 0;
  expect(auc).toBeGreaterThan(0.75);
  expect(auc).toBeLessThan(0.99);
}, 60_000);

it("rows of one account are dealt together, as its draft says", async () => {
  const { note, results } = await runDraft(4);
  expect(note).toContain("split: { by: group, group: account_id, validation: 10%, test: 20% }");
  const cases = results.get("cases");
  if (cases === undefined) throw new Error("no cases");
  const { time, entities } = scoredTaskFromStored(cases);
  const seen = new Map<number, number>();
  const accounts = entities.get("account_id")?.rows ?? new Int32Array(0);
  for (const [row, account] of accounts.entries()) {
    expect(seen.get(account) ?? time[row]).toBe(time[row]);
    seen.set(account, time[row]);
  }
  expect(seen.size).toBe(150);
}, 60_000);

it("is served: a case counts in the order in which it comes, whatever moment its caller gives", async () => {
  const { design, results } = await runDraft(1);
  const input = async (name: string) => {
    const found = results.get(name);
    if (found === undefined) throw new Error(`no stage ${name}`);
    return found;
  };
  const served = await binaryClassification.serve?.({ design, input, begin: "end", environment });
  if (served === undefined) throw new Error("cases are not served");
  const system = unwrap(served);
  const ask = (path: string, body: unknown) => {
    const endpoint = system.endpoints.find((one) => one.path === path);
    if (endpoint === undefined) throw new Error(`no ${path}`);
    const turn = unhurried(system.newest + 1);
    return endpoint.answer(endpoint.complete(body, turn.now), turn).body;
  };
  const known = { entities: { plan: "pro" }, values: { support_calls: 9 } };
  const plain = ask("/predict", { id: "a", ...known });
  expect(plain).toMatchObject({ fault: null });
  expect(ask("/predict", { id: "a", time: 1_790_000_000, ...known })).toMatchObject({ fault: "duplicate" });
  expect(ask("/predict", { id: "b", time: 1_790_000_000, ...known })).toMatchObject({ fault: null });
  expect(ask("/predict", { id: "c", time: 1, ...known })).toMatchObject({ fault: null });
  expect(ask("/events", { events: [{ id: "b", label: true, time: 1_790_000_000 }] })).toEqual({
    taken: 1,
    refused: [],
  });
}, 60_000);
