import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sealedEnvironment as environment } from "../../../test/sealed-environment.ts";
import { unwrap } from "../../core/outcome.ts";
import { createTable, numbers } from "../../core/table.ts";
import { preferencesOf } from "../../steps/3-data/preferences.ts";
import { requestsFromStored } from "../../steps/3-data/split/stored-requests.ts";
import { listsFromStored, rankedItems } from "../../steps/4-model/train/ranked-lists.ts";
import { rankingRows } from "../../steps/4-model/train/ranking-rows.ts";
import { openRankingSet } from "../../steps/4-model/train/ranking-stage.ts";
import { RE_RANKING_STAGE } from "../../steps/4-model/train/re-ranking-stage.ts";
import { trainingStageName } from "../../steps/4-model/train/recommender-stage.ts";
import { BASELINE, planTwoStages } from "../../steps/4-model/train/two-stage-plan.ts";
import { type Design, parseDesign } from "../../steps/design.ts";
import { runPipeline } from "../../system/pipeline.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { type ServedSystem, type Turn, unhurried } from "../../system/served-system.ts";
import type { StageResult } from "../../system/stage.ts";
import { type Interactions, interactionsFromStored, rankedTaskOf } from "./interactions.ts";
import { type IncomingEvent, openOnlineState } from "./online-state.ts";
import { recommendation } from "./recommendation.ts";
import { eventAt, replayRequests } from "./replay-requests.ts";

const FIXTURE = join(import.meta.dirname, "..", "..", "..", "test", "fixtures", "small-recommendation.md");
const TRAINED = new Set([1, 2, 3, 4]);

let results = new Map<string, StageResult>();
let interactions: Interactions;
const input = async (name: string): Promise<StageResult> => {
  const found = results.get(name);
  if (found === undefined) throw new Error(`no stage ${name}`);
  return found;
};
const design = ((): Design => {
  const { design: read } = parseDesign(readFileSync(FIXTURE, "utf8"), "small.md");
  if (read === undefined) throw new Error("the fixture is no design");
  return read;
})();

beforeAll(async () => {
  const { stages } = unwrap(
    await recommendation.plan({ design, resolve: (path) => path, files: environment.files, sql: environment.sql }),
  );
  const outcomes = await runPipeline(
    stages.filter(({ step }) => TRAINED.has(step)),
    { environment, store: createMemoryStore(), seed: 7, codeVersion: "test" },
  );
  results = new Map(outcomes.map(({ stage, result }) => [stage.name, result]));
  interactions = interactionsFromStored(await input("interactions"));
}, 120_000);

async function open(begin: "test" | "end" = "test"): Promise<ServedSystem> {
  const served = await recommendation.serve?.({ design, input, begin, environment });
  if (served === undefined) throw new Error("recommendation is not served");
  return unwrap(served);
}

function ask(system: ServedSystem, path: string, body: unknown, turn: Turn = unhurried(system.newest + 1)) {
  const endpoint = system.endpoints.find((one) => one.path === path);
  if (endpoint === undefined) throw new Error(`no ${path}`);
  const answer = endpoint.answer(endpoint.complete(body, turn.now), turn);
  endpoint.response.parse(answer.body);
  return answer;
}

/** Test requests in the order of time. */
async function inTime() {
  const requests = requestsFromStored(await input("split"), "test");
  const order = Array.from({ length: requests.count }, (_, at) => at).sort(
    (a, b) => requests.moment[a] - requests.moment[b],
  );
  return { requests, order };
}

function titlesOf(answer: { body: unknown }): string[] {
  const { body } = answer;
  if (typeof body !== "object" || body === null || !("titles" in body) || !Array.isArray(body.titles)) return [];
  return body.titles.map((one: { title: string }) => one.title);
}

describe("a recommender that is served", () => {
  it("gives every test request the list of the evaluation, when it is told the events as they happened", async () => {
    const system = await open();
    const { requests, order } = await inTime();
    const lists = listsFromStored((await input(RE_RANKING_STAGE)).arrays, "test");
    const { events, members, titles } = interactions;
    let row = 0;
    while (events.time[row] <= system.newest) row++;
    expect(requests.count).toBeGreaterThan(10);
    for (const one of order) {
      for (; events.time[row] < requests.moment[one]; row++)
        ask(system, "/events", { events: [eventAt(interactions, row)] });
      const member = members.ids[requests.unit[one]];
      const answer = ask(system, "/recommend", { member, time: requests.moment[one] });
      const expected = [...rankedItems(lists, one)].slice(0, 10).map((title) => titles.ids[title]);
      expect(titlesOf(answer)).toEqual(expected);
      expect(answer.degraded).toEqual([]);
    }
  });

  it("asks the baseline about whoever is new where the note names nothing for them", () => {
    const model = { ...design.model, "cold-start": undefined };
    const { candidates } = unwrap(planTwoStages("interactions", design.frame, design.data, model));
    expect(candidates.cold).toBe(trainingStageName(BASELINE));
  });

  it("says of whom nothing is known, and shows them the cold start's list", async () => {
    const system = await open("end");
    const askWhole = (member: string, variant: number) =>
      ask(system, "/recommend", { member, limit: 5 }, unhurried(system.newest + 1, variant));
    const [whole, baseline] = [askWhole("nobody", -1), askWhole("nobody", 0)];
    expect(whole.body).toMatchObject({ known: false, variant: "system" });
    expect(baseline.body).toMatchObject({ known: false, variant: "baseline" });
    // Re-ranking may exchange what follows the first.
    expect(titlesOf(whole)[0]).toBe(titlesOf(baseline)[0]);
    const event = { id: "first", member: "nobody", title: interactions.titles.ids[0], event: "impression" };
    ask(system, "/events", { events: [event] });
    expect(askWhole("nobody", -1).body).toMatchObject({ known: false });
    ask(system, "/events", { events: [{ ...event, id: "second", event: "view", value: 30 }] });
    for (const variant of [-1, 0]) expect(askWhole("nobody", variant).body).toMatchObject({ known: true });
  });

  it("reads every feature of every test request as the batch did, to the last bit", async () => {
    const skew = await (await open()).skew?.();
    expect(skew?.requests).toBeGreaterThan(500);
    expect(skew).toEqual({ requests: skew?.requests, compared: expect.any(Number), differing: 0 });
  });

  it("counts what a state reads otherwise than the batch: of one that misses an event, and of a value that was computed otherwise", async () => {
    const { ranking } = unwrap(planTwoStages("interactions", design.frame, design.data, design.model));
    if (ranking === undefined) throw new Error("the fixture ranks");
    const { declarations } = ranking;
    const set = await openRankingSet("test", ranking.sources, input);
    const rows = rankingRows(set, rankedTaskOf(interactions), declarations);
    const fresh = () =>
      openOnlineState(declarations, interactions, preferencesOf(design.frame), Number.NEGATIVE_INFINITY);
    const count = (state: Parameters<typeof replayRequests>[0], given = rows) =>
      replayRequests(state, interactions, set, given, Number.NEGATIVE_INFINITY).count;
    const whole = count(fresh());
    expect(whole).toEqual({
      requests: rows.request.length,
      compared: rows.request.length * declarations.length,
      differing: 0,
    });
    const deaf = fresh();
    let heard = 0;
    // One event of a hundred is lost on its way.
    const lossy = { ...deaf, take: (event: IncomingEvent) => (heard++ % 100 === 0 ? undefined : deaf.take(event)) };
    expect(count(lossy).differing).toBeGreaterThan(0);
    const [{ name }] = declarations;
    const column = numbers(rows.features, name);
    const other = createTable({
      ...Object.fromEntries(rows.features.columns),
      [name]: Float64Array.from(column, (value, at) => (at === 7 ? -1 : value)),
    });
    expect(count(fresh(), { ...rows, features: other })).toEqual({
      ...whole,
      differing: 1,
      first: { row: 7, feature: name, batch: -1, served: column[7] },
    });
  });

  it("takes an event once however often it is sent, and says what it does not take", async () => {
    const system = await open("end");
    const event = {
      id: "e1",
      member: interactions.members.ids[0],
      title: interactions.titles.ids[3],
      event: "view",
      value: 3,
    };
    const before = system.counts().deeds;
    expect(ask(system, "/events", { events: [event, event] }).body).toEqual({
      taken: 1,
      refused: [{ id: "e1", reason: "duplicate" }],
    });
    expect(system.counts().deeds).toBe(before + 1);
    const wrong = [
      { ...event, id: "a", title: "no such title" },
      { ...event, id: "b", event: "sneeze" },
      { ...event, id: "c", event: "rating", value: undefined },
      { ...event, id: "d", time: 0 },
      { ...event, id: "f", time: Date.now() },
    ];
    expect(ask(system, "/events", { events: wrong }).body).toEqual({
      taken: 0,
      refused: [
        { id: "a", reason: "unknown-title" },
        { id: "b", reason: "unknown-event-kind" },
        { id: "c", reason: "missing-measure" },
        { id: "d", reason: "from-the-past" },
        { id: "f", reason: "bad-time" },
      ],
    });
  });

  it("counts for the experiment the clicks that its metric is a rate of, and not what else the note wants", async () => {
    const system = await open("end");
    const title = interactions.titles.ids[3];
    const told = (id: string, event: string, value?: number) =>
      ask(system, "/events", { events: [{ id, member: "m", title, event, ...(value !== undefined && { value }) }] })
        .outcomes?.length;
    expect(system.outcome).toEqual({ says: "click events", isMetric: true });
    expect([told("o1", "click"), told("o2", "rating", 5), told("o3", "rating", 1)]).toEqual([1, 0, 0]);
    // Sent again it is not taken, and not counted.
    expect(told("o1", "click")).toBe(0);
  });

  it("does not offer again what a member, known or new, has just met", async () => {
    const system = await open("end");
    for (const member of [interactions.members.ids[0], "somebody new"]) {
      const [first] = titlesOf(ask(system, "/recommend", { member }));
      const now = system.newest + 1;
      ask(system, "/events", {
        events: [{ id: `seen-${member}`, member, title: first, event: "rating", value: 5, time: now }],
      });
      expect(titlesOf(ask(system, "/recommend", { member }, unhurried(now + 1)))).not.toContain(first);
    }
  });

  it("answers the same after it was saved and restored", async () => {
    const system = await open("end");
    ask(system, "/events", {
      events: [{ id: "x", member: "somebody new", title: interactions.titles.ids[1], event: "view", value: 9 }],
    });
    const other = await open("test");
    other.restore(system.save());
    for (const member of ["somebody new", ...interactions.members.ids.slice(0, 20)])
      expect(ask(other, "/recommend", { member }, unhurried(system.newest + 5))).toEqual(
        ask(system, "/recommend", { member }, unhurried(system.newest + 5)),
      );
  });

  it("leaves out what there is no time for, says so, and still answers", async () => {
    const system = await open("end");
    const member = interactions.members.ids[0];
    const late = (stage: string, looks: number): Turn => {
      let seen = 0;
      const isLate = (name: string) => () => name === stage && seen++ >= looks;
      return { now: system.newest + 1, variant: -1, time: (name, work) => work(isLate(name)) };
    };
    const degradedBy = (stage: string, looks = 0) => ask(system, "/recommend", { member }, late(stage, looks));
    expect(degradedBy("candidates").degraded).toEqual(["candidates: baseline instead"]);
    expect(degradedBy("candidates", 2).degraded).toEqual(["candidates: fewer sources"]);
    expect(degradedBy("ranking").degraded).toEqual(["ranking: order of the candidates"]);
    expect(degradedBy("ranking", 1).degraded).toEqual(["ranking: order of the candidates"]);
    expect(degradedBy("re-ranking").degraded).toEqual(["re-ranking: left out"]);
    for (const stage of ["candidates", "ranking", "re-ranking"]) {
      const answer = degradedBy(stage);
      expect(titlesOf(answer)).toHaveLength(10);
      expect(answer.isObserved).toBe(false);
    }
  });

  it("forgets a member: the next list is that of a stranger", async () => {
    const system = await open("end");
    const [member] = interactions.members.ids;
    expect(titlesOf(ask(system, "/recommend", { member }))).not.toEqual(
      titlesOf(ask(system, "/recommend", { member: "nobody" })),
    );
    expect(system.forget?.(member)).toBeGreaterThan(1);
    expect(titlesOf(ask(system, "/recommend", { member }))).toEqual(
      titlesOf(ask(system, "/recommend", { member: "nobody" })),
    );
    expect(system.forget?.(member)).toBe(0);
  });
});
