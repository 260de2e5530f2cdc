import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createRandom } from "../../core/random.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { listAt, sharedListAt } from "../../steps/3-data/row-lists.ts";
import { createRequests } from "../../steps/3-data/split/request-time.ts";
import { timeSplitStage } from "../../steps/3-data/split/time-split-stage.ts";
import { DEFAULT_SIGNAL_WEIGHTS } from "../../steps/4-model/train/interaction-matrix.ts";
import { rankedKnownClaimsStage } from "../../steps/5-evaluate/protocols/ranked-known-claims-stage.ts";
import { parseDesign } from "../../steps/design.ts";
import { type StageContext, type StageResult, stageResult } from "../../system/stage.ts";
import { interactionSourceOf, readInteractions } from "./interaction-source.ts";
import { interactionsToStored, rankedTaskOf } from "./interactions.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const START = Date.UTC(2024, 0, 1) / 1000;
const LATE = 20 * DAY;

let sql: Duckdb;
let path = "";
beforeAll(async () => {
  sql = await openDuckdb();
  path = join(temporaryFolder(), "orders.csv");
  writeFileSync(path, orders());
});
afterAll(() => sql.close());

/** Whoever takes 1 to 30 takes the same plus 100 the day after; the shop hears of everything twenty days later. */
function orders(): string {
  const random = createRandom(4);
  const lines: string[] = [];
  for (let member = 0; member < 120; member++)
    for (let visit = 0; visit < 14; visit++) {
      const item = 1 + random.below(30);
      const time = START + visit * 7 * DAY + random.below(5) * DAY;
      for (const [title, at] of [
        [item, time],
        [item + 100, time + DAY],
      ])
        lines.push(`m${member},i${title},${at},${at + LATE}`);
    }
  return `member,title,at,heard\n${lines.join("\n")}\nm1,i1,${START},\n`;
}

async function read(known: string) {
  const facts = `source: { format: csv, path: orders.csv${known} }\ntime: at`;
  const note = `---\nheptad: 1\ntitle: T\nsystem: recommendation\n---\n# T\n\n## 3. Data engineering and feature pipeline\n\n\`\`\`yaml\n${facts}\n\`\`\`\n`;
  const { design, findings } = parseDesign(note, "note.md");
  expect(findings).toEqual([]);
  return readInteractions(
    { sql, files: createInputFiles() },
    interactionSourceOf(design?.data ?? {}, () => path),
    createRandom(1),
  );
}

const RELEVANT = { kind: "view", atLeast: 0 } as const;

describe("events that become known later than they happened", () => {
  it.each([
    ["by a column", ", known: { column: heard }"],
    ["by a delay", ", known: { delay: 20 d }"],
    ["by the later of both", ", known: { column: heard, delay: 3 d }"],
  ])("%s are history from then on, and never to be found once they have happened", async (_, known) => {
    const { events, members, repairs } = await read(known);
    const { happened } = events;
    if (happened === undefined) throw new Error("no event has two moments");
    expect([...happened.keys()].every((row) => events.time[row] - happened[row] === LATE)).toBe(true);
    const hasColumn = known.includes("column");
    expect(repairs.filter(({ kind }) => kind === "never-known").map(({ count }) => count)).toEqual(
      hasColumn ? [1] : [],
    );
    const task = rankedTaskOf({ events, members, titles: (await read(known)).titles });
    const from = START + 60 * DAY;
    const requests = createRequests(task.events, task.units, { from, relevant: RELEVANT });
    expect(requests.count).toBeGreaterThan(50);
    for (let one = 0; one < requests.count; one++) {
      const moment = requests.moment[one];
      expect(moment).toBeGreaterThanOrEqual(from);
      for (const row of sharedListAt(requests.history, one)) expect(events.time[row]).toBeLessThan(moment);
      const past = new Set(
        [...events.member.keys()]
          .filter((row) => events.member[row] === requests.unit[one] && happened[row] < moment)
          .map((row) => events.title[row]),
      );
      for (const item of listAt(requests.relevant, one)) expect(past.has(item)).toBe(false);
    }
  });

  it("would have claimed far better lists had they been taken for known at once", async () => {
    const { events, members, titles, repairs, source } = await read(", known: { column: heard }");
    const stored = interactionsToStored({ events, members, titles, repairs, source });
    const results = new Map<string, StageResult>([["interactions", stageResult(stored)]]);
    const context = {
      input: async (name: string) => results.get(name) ?? stageResult({}),
    } satisfies Pick<StageContext, "input">;
    const run = async (stage: { execute(given: StageContext): Promise<StageResult> } | undefined) => {
      if (stage === undefined) throw new Error("no stage was planned");
      const unused = new Proxy({}, { get: () => undefined });
      return stage.execute({ ...context, paths: {}, random: createRandom(1), environment: Object(unused) });
    };
    results.set("split", await run(timeSplitStage("interactions", {}, RELEVANT, { folds: 0 })));
    const { figures, remarks } = await run(
      rankedKnownClaimsStage("interactions", DEFAULT_SIGNAL_WEIGHTS, RELEVANT, true),
    );
    const [late, honest, hasty] = figures.map(({ value }) => value);
    expect(figures.map(({ step }) => step)).toEqual([3, 3, 3]);
    expect(late).toBeGreaterThan(100);
    expect(hasty).toBeGreaterThan(honest + 0.1);
    expect(remarks[0].text).toContain("Events count from when they were known");
    expect(rankedKnownClaimsStage("interactions", DEFAULT_SIGNAL_WEIGHTS, RELEVANT, false)).toBeUndefined();
  });
});
