import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { FailureError, unwrap } from "../../core/outcome.ts";
import { createRandom } from "../../core/random.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { frameSchema } from "../../steps/2-frame/schema.ts";
import { rankedStream } from "../../steps/3-data/features/ranked-stream.ts";
import { judgeEvents, preferencesOf } from "../../steps/3-data/preferences.ts";
import { EVENT_KINDS } from "../../steps/3-data/ranked-task.ts";
import { sharedListAt } from "../../steps/3-data/row-lists.ts";
import { createRequests } from "../../steps/3-data/split/request-time.ts";
import { chooseRecommender, openRecommender } from "../../steps/4-model/models/recommenders.ts";
import { createHistories, signalWeights, trainingDataWithin } from "../../steps/4-model/train/interaction-matrix.ts";
import { type Interactions, interactionsFromStored, interactionsToStored, rankedTaskOf } from "./interactions.ts";
import { type MappedFilesSource, readMappedFiles } from "./mapped-files.ts";

let sql: Duckdb;
const folder = temporaryFolder();
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

/** The same preferences: who, what, when, and +1 for wanted, -1 for unwanted, 0 for a shrug. */
const random = createRandom(3);
const facts = Array.from({ length: 900 }, (_, at) => ({
  member: `m${Math.floor(random.uniform() * 40)}`,
  title: `t${Math.floor(random.uniform() ** 2 * 30)}`,
  time: 1_600_000_000 + at * 600,
  verdict: [1, 1, -1, 0][Math.floor(random.uniform() * 4)],
}));
const CUT = facts[600].time;

/** Verdicts in the words of one log. */
interface Twin {
  readonly columns: Readonly<Record<string, string>>;
  readonly cells: (verdict: number) => string;
  readonly events?: MappedFilesSource["events"];
  readonly frame: unknown;
}

const TWINS: Readonly<Record<string, Twin>> = {
  stars: {
    columns: { rating: "said" },
    cells: (verdict) => (verdict > 0 ? "5" : verdict < 0 ? "1" : "3"),
    frame: { label: { event: "rating", positive: ">= 4", negative: "<= 2" } },
  },
  "likes and dislikes": {
    columns: { event: "said" },
    cells: (verdict) => (verdict > 0 ? "LIKE" : verdict < 0 ? "DISLIKE" : "SKIP"),
    events: { LIKE: "like", DISLIKE: "dislike", SKIP: "skip" },
    frame: { label: { positive: ["like"], negative: ["dislike"] }, signals: { weights: { skip: 0 } } },
  },
  "purchases and returns": {
    columns: { event: "said" },
    cells: (verdict) => (verdict > 0 ? "purchase" : verdict < 0 ? "return" : "view"),
    events: { purchase: "purchase", return: "return", view: "view" },
    frame: { label: { event: "purchase", negative: ["return"] }, signals: { weights: { view: 0 } } },
  },
};

async function judged({ columns, cells, events, frame }: Twin): Promise<Interactions> {
  const path = join(folder, "log.csv");
  const rows = facts.map(({ member, title, time, verdict }) => `${member},${title},${time},${cells(verdict)}`);
  writeFileSync(path, `member,title,time,said\n${rows.join("\n")}\n`);
  const source = { path, format: "csv", columns, events } as const;
  const read = await readMappedFiles({ sql, files: createInputFiles() }, source);
  const { judged: verdicts, strength } = judgeEvents(
    read.events,
    read.events.kinds ?? EVENT_KINDS,
    preferencesOf(frameSchema.parse(frame)),
  );
  const said = { ...read, events: { ...read.events, judged: verdicts, strength } };
  // As later stages of a run get it: what the stored form left out would go quiet there.
  return interactionsFromStored(interactionsToStored(said));
}

/** Everything that hears the declaration: matrix, requests, histories, lists of two models, and features. */
async function heard(interactions: Interactions) {
  const weights = signalWeights(undefined);
  const task = rankedTaskOf(interactions);
  const training = trainingDataWithin(task, { until: CUT }, weights);
  const requests = createRequests(task.events, task.units, { from: CUT });
  const historyOf = createHistories(task, weights);
  const histories = Array.from(requests.unit, (_, at) => historyOf(sharedListAt(requests.history, at)));
  const lists = [];
  for (const choice of [chooseRecommender("most-popular"), chooseRecommender("als", { factors: 4, iterations: 3 })]) {
    const model = await openRecommender(unwrap(choice)).fit(training, { random: createRandom(1), pool: undefined });
    lists.push(histories.map((history) => [...model.score(history)]));
  }
  const { measures } = rankedStream(task);
  return {
    training: training.interactions,
    requests: { unit: requests.unit, relevant: requests.relevant },
    lists,
    positive: measures.get("positive")?.mask,
    negative: measures.get("negative")?.mask,
  };
}

describe("the same preferences in three logs", () => {
  it("give the same matrix, requests, lists and features", async () => {
    const stars = await heard(await judged(TWINS.stars));
    const likes = await heard(await judged(TWINS["likes and dislikes"]));
    const purchases = await heard(await judged(TWINS["purchases and returns"]));
    expect(likes).toEqual(stars);
    expect(purchases).toEqual(stars);
    expect(stars.training.values.length).toBeGreaterThan(100);
  });

  it("train on no title that was unwanted last", async () => {
    const interactions = await judged(TWINS.stars);
    const { interactions: matrix } = trainingDataWithin(
      rankedTaskOf(interactions),
      { until: CUT },
      signalWeights(undefined),
    );
    const last = new Map<string, number>();
    for (const { member, title, time, verdict } of facts)
      if (time < CUT && verdict !== 0) last.set(`${member} ${title}`, verdict);
    const wanted = [...last].filter(([, verdict]) => verdict > 0).map(([pair]) => pair);
    const trained: string[] = [];
    for (let member = 0; member < matrix.rows; member++)
      for (let at = matrix.indptr[member]; at < matrix.indptr[member + 1]; at++)
        trained.push(`${interactions.members.ids[member]} ${interactions.titles.ids[matrix.indices[at]]}`);
    expect(trained.sort()).toEqual(wanted.sort());
  });
});

describe("declarations", () => {
  const events = (kind: number[], value: number[]) => ({
    count: kind.length,
    kind: Uint8Array.from(kind),
    value: Float32Array.from(value),
  });
  const kinds = [...EVENT_KINDS, "purchase"];
  const judge = (frame: unknown, kind: number[], value: number[]) =>
    judgeEvents(events(kind, value), kinds, preferencesOf(frameSchema.parse(frame)));

  it("weigh by event and by value, the later one first", () => {
    const weights = { view: 0.5, purchase: 3, "rating >= 5": 2 };
    const { strength } = judge(
      { label: { event: "rating", positive: ">= 4" }, signals: { weights } },
      [0, 0, 0, 1, 4, 3],
      [5, 4, 2, 1, 9, 1],
    );
    expect([...strength]).toEqual([2, 1, 0, 0.5, 3, 0]);
  });

  it("count what is wanted, unwanted and neither", () => {
    const verdict = judge(
      { label: { event: "rating", positive: ">= 4", negative: "<= 2" } },
      [0, 0, 0, 0],
      [5, 3, 1, 2],
    );
    expect([verdict.positive, verdict.negative, verdict.neither]).toEqual([1, 2, 1]);
    expect([...verdict.judged]).toEqual([1, 0, -1, -1]);
  });

  it("that name an event which the data lacks are refused with what it holds", () => {
    expect(() => judge({ label: { event: "view", positive: ">= 0.9" } }, [0, 0], [5, 3])).toThrow(
      "the label wants `view`; the data holds only `rating`",
    );
    expect(() => judge({ label: { event: "rating", negative: ["hide"] } }, [0], [5])).toThrow("wants `hide`");
  });

  it("are asked for where silence would mean another scale, and where nothing is wanted", () => {
    expect(() => judge({}, [0, 0], [0, 10])).toThrow("ratings go from 0 to 10: from which on is one wanted?");
    const proposed = (values: number[]): string => {
      try {
        judge({}, [0, 0], values);
      } catch (error) {
        if (error instanceof FailureError) return error.failure.fix ?? "";
        throw error;
      }
      return "";
    };
    // A bound that somebody can give: whole where every rating is.
    expect(proposed([0, 10])).toContain('positive: ">= 8"');
    expect(proposed([0.5, 10])).toContain('positive: ">= 7.63"');
    expect(() => judge({ label: { event: "rating", positive: ">= 4" } }, [0, 0], [1, 3])).toThrow(
      "`rating` goes from 1 to 3",
    );
  });
});
