import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sealedEnvironment as environment } from "../../../test/sealed-environment.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { unwrap } from "../../core/outcome.ts";
import { openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { draftNote } from "../../steps/3-data/profile/draft-note.ts";
import { profileFiles } from "../../steps/3-data/profile/files-profile.ts";
import { parseDesign } from "../../steps/design.ts";
import { runPipeline } from "../../system/pipeline.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { unhurried } from "../../system/served-system.ts";
import { recommendation } from "./recommendation.ts";

it("serves data without time: what is told counts in its order, and a moment beside it is not looked at", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "plays.csv");
  const lines = Array.from({ length: 600 }, (_, at) => `m${(at * 7) % 40},t${(at * at) % 23}`);
  writeFileSync(path, `user_id,song_id\n${lines.join("\n")}\n`);
  const files = createInputFiles();
  const sql = await openDuckdb({ threads: 1 });
  const note = draftNote(await profileFiles({ sql, files }, [path]), {
    title: "Plays",
    date: "2026-01-31",
    relative: (one) => one,
  });
  const { design } = parseDesign(note, "plays.md");
  if (design === undefined) throw new Error(note);
  const { stages } = unwrap(await recommendation.plan({ design, resolve: (one) => one, files, sql }));
  const outcomes = await runPipeline(stages, {
    environment: { ...environment, files, sql },
    store: createMemoryStore(),
    seed: 7,
    codeVersion: "test",
  });
  sql.close();
  const results = new Map(outcomes.map(({ stage, result }) => [stage.name, result]));
  const input = async (name: string) => {
    const found = results.get(name);
    if (found === undefined) throw new Error(`no stage ${name}`);
    return found;
  };
  const served = await recommendation.serve?.({ design, input, begin: "end", environment });
  if (served === undefined) throw new Error("recommendation is not served");
  const system = unwrap(served);
  const ask = (path: string, body: unknown) => {
    const endpoint = system.endpoints.find((one) => one.path === path);
    if (endpoint === undefined) throw new Error(`no ${path}`);
    const turn = { ...unhurried(system.newest + 1), arrived: 1_780_000_000 };
    return endpoint.answer(endpoint.complete(body, turn.now), turn).body;
  };
  const list = (member: string, time?: number) => ask("/recommend", { member, limit: 5, time });
  expect(list("m1")).toEqual(list("m1", 1_780_000_000));
  const before = list("nobody");
  const told = (id: string, title: string, time: number) => ({ id, member: "nobody", title, event: "view", time });
  expect(ask("/events", { events: [told("a", "t1", 1_780_000_000), told("b", "t4", 1)] })).toEqual({
    taken: 2,
    refused: [],
  });
  expect(list("nobody")).not.toEqual(before);
}, 60_000);
