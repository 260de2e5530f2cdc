import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { sealedEnvironment as environment } from "../../../test/sealed-environment.ts";
import { FailureError, unwrap } from "../../core/outcome.ts";
import { FEATURES_STAGE, featureTable } from "../../steps/3-data/features/features-stage.ts";
import { type ScoredTask, scoredTaskFromStored } from "../../steps/3-data/scored-task.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../../steps/3-data/split/late-label-split-stage.ts";
import { parseDesign } from "../../steps/design.ts";
import { runPipeline } from "../../system/pipeline.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { type ServedSystem, type Turn, unhurried } from "../../system/served-system.ts";
import type { StageResult } from "../../system/stage.ts";
import { binaryClassification } from "./binary-classification.ts";

/** Smaller than the fixture's world, and with labels of an own moment, as simulated clicks have them. */
const NOTE = readFileSync("test/fixtures/click-prediction.md", "utf8")
  .replace("members: 800, items: 60, days: 70", "members: 40, items: 20, days: 56")
  .replace("trees: 60", "trees: 12")
  .replace(/optimize:\n {2}- .*\n/u, "");

const { design } = parseDesign(NOTE, "clicks.md");
let results = new Map<string, StageResult>();
let task: ScoredTask;
/** Knows all of the data; the tests tell it later and later things. */
let shared: ServedSystem;
let test: Int32Array;
const input = async (name: string): Promise<StageResult> => {
  const found = results.get(name);
  if (found === undefined) throw new Error(`no stage ${name}`);
  return found;
};

beforeAll(async () => {
  if (design === undefined) throw new Error("the fixture is no design");
  const { stages } = unwrap(
    await binaryClassification.plan({
      design,
      resolve: (path) => path,
      files: environment.files,
      sql: environment.sql,
    }),
  );
  const outcomes = await runPipeline(
    stages.filter(({ step }) => step <= 4),
    { environment, store: createMemoryStore(), seed: 7, codeVersion: "test" },
  );
  results = new Map(outcomes.map(({ stage, result }) => [stage.name, result]));
  task = scoredTaskFromStored(await input("cases"));
  test = roundsFromStored(await input(ROUNDS_STAGE)).final.test;
  shared = await open("end");
}, 60_000);

async function open(begin: "test" | "end" = "test"): Promise<ServedSystem> {
  if (design === undefined || binaryClassification.serve === undefined) throw new Error("it is not served");
  return unwrap(await binaryClassification.serve({ design, input, begin, environment }));
}

function ask(system: ServedSystem, path: string, body: unknown, turn: Turn = unhurried(system.newest + 1)) {
  const endpoint = system.endpoints.find((one) => one.path === path);
  if (endpoint === undefined) throw new Error(`no ${path}`);
  const answer = endpoint.answer(endpoint.complete(body, turn.now), turn);
  endpoint.response.parse(answer.body);
  return answer;
}

/** Row `row` as a caller would send it. */
function caseAt(row: number) {
  const of = (name: string): number => task.entities.get(name)?.rows[row] ?? -1;
  const value = (name: string): number => task.values.get(name)?.[row] ?? Number.NaN;
  return {
    id: `row-${row}`,
    time: task.time[row],
    entities: { user: of("user"), ad: of("ad") },
    values: { hour: value("hour"), width: value("width") },
  };
}

describe("a predictor of clicks that is served", () => {
  it("says of every test case what was evaluated, from features equal to the batch's to the last bit, when told labels as they came", async () => {
    const system = await open();
    const { columns } = featureTable(await input(FEATURES_STAGE), test);
    const knownAt = task.knownAt ?? new Float64Array();
    const order = [...knownAt.keys()]
      .filter((row) => Number.isFinite(knownAt[row]) && knownAt[row] >= task.time[test[0]])
      .sort((a, b) => knownAt[a] - knownAt[b]);
    const judged = system.profile.get("prediction");
    expect(test.length).toBeGreaterThan(500);
    let next = 0;
    let differing = 0;
    const places = new Map([...test].map((row, at) => [row, at]));
    // All that came in, those too that are not judged since their label never came.
    for (let row = test[0]; row <= test[test.length - 1]; row++) {
      const at = places.get(row);
      for (; next < order.length && knownAt[order[next]] < task.time[row]; next++) {
        const told = order[next];
        const id = told < test[0] ? `data-${told}` : `row-${told}`;
        const event = { id, label: task.label[told] === 1, time: knownAt[told] };
        expect(ask(system, "/events", { events: [event] }).body).toEqual({ taken: 1, refused: [] });
      }
      const answer = ask(system, "/predict", caseAt(row), unhurried(task.time[row]));
      expect(answer.body).toMatchObject({ fault: null });
      if (at === undefined) continue;
      expect(answer.body).toMatchObject({ probability: judged?.[at] });
      const seen = system.observed();
      for (const [name, column] of columns) if (!Object.is(column[at], seen.get(name))) differing++;
    }
    expect(differing).toBe(0);
    const quality = new Map(system.quality?.().map((one) => [one.metric, one]));
    expect([...quality.keys()]).toEqual(["average precision", "log loss"]);
    const loss = quality.get("log loss");
    // All but the cases of the last day are labelled: near what the run judged, and not the same.
    expect(Math.abs((loss?.value ?? 0) - (loss?.judged ?? 1))).toBeLessThan(0.03);
    expect(loss?.n).toBeGreaterThan(250);
  });

  it("counts a case once, takes a label once, and says what it does not take", async () => {
    const system = shared;
    const now = system.newest + 60;
    const one = { ...caseAt(5), id: "c1", time: now };
    const turn = unhurried(now);
    const before = system.counts().events;
    expect(ask(system, "/predict", one, turn).body).toMatchObject({ fault: null });
    expect(ask(system, "/predict", one, turn).body).toMatchObject({ fault: "duplicate" });
    expect(system.counts().events).toBe(before + 1);
    const told = { id: "c1", label: true, time: now + 10 };
    expect(
      ask(system, "/events", { events: [told, told, { ...told, label: false }, { ...told, id: "c9" }] }, turn).body,
    ).toEqual({
      taken: 1,
      refused: [
        { id: "c1", reason: "duplicate" },
        { id: "c1", reason: "already-labelled" },
        { id: "c9", reason: "unknown-case" },
      ],
    });
  });

  it("takes no number where the data writes zeros before ids, and is not served without the ids that it is asked by", async () => {
    if (design === undefined || binaryClassification.serve === undefined) throw new Error("it is not served");
    const named = (names: readonly string[]) => async (stage: string) => {
      const { arrays, ...rest } = await input(stage);
      return { ...rest, arrays: stage === "cases" ? { ...arrays, "names.user": names } : arrays };
    };
    const { count } = task.entities.get("user") ?? { count: 0 };
    const names = Array.from({ length: count }, (_, at) => String(at).padStart(6, "0"));
    const system = unwrap(await binaryClassification.serve({ design, input: named(names), begin: "end", environment }));
    const one = { ...caseAt(5), id: "z1", time: system.newest + 60 };
    expect(() => ask(system, "/predict", one)).toThrow("must be a text in quotes");
    const text = { ...one, entities: { ...one.entities, user: names[one.entities.user] } };
    expect(ask(system, "/predict", text).body).toMatchObject({ fault: null });
    const nameless = binaryClassification.serve({ design, input: named([]), begin: "end", environment });
    await expect(nameless).rejects.toMatchObject({ failure: { code: "too-many-ids" } });
  });

  it("predicts nothing for an id that was another's, before a restart and after one", async () => {
    const system = await open();
    const now = system.newest + 60;
    const one = { ...caseAt(5), id: "o1", time: now };
    const turn = unhurried(now);
    ask(system, "/predict", one, turn);
    const reopened = await open("end");
    reopened.restore(system.save());
    for (const each of [system, reopened]) {
      const before = each.counts();
      for (const entities of [
        { ...one.entities, user: "never met" },
        { ...one.entities, user: caseAt(6).entities.user + 1 },
        { ...one.entities, ad: null },
      ]) {
        const { body, conflict } = ask(each, "/predict", { ...one, entities }, turn);
        expect(body).toMatchObject({ probability: null, fault: "id-of-another" });
        expect(conflict).toContain("`o1` is that of a case about others");
        const many = ask(each, "/predict/many", { cases: [{ ...one, entities }] }, turn).body;
        expect(many).toMatchObject({ predictions: [{ probability: null, fault: "id-of-another" }] });
      }
      expect(each.counts()).toEqual(before);
      expect(ask(each, "/predict", one, turn)).toMatchObject({
        body: { probability: expect.any(Number), fault: "duplicate" },
      });
    }
  });

  it("takes no case of the future, and one that is an hour ahead makes nobody else late", async () => {
    const system = await open();
    const now = system.newest + 7200;
    const predict = system.endpoints.find(({ path }) => path === "/predict");
    const told = (id: string, time: number) => ({ ...caseAt(6), id, time });
    expect(() => predict?.complete(told("f1", now + 3601), now)).toThrow("more than an hour");
    expect(predict?.complete(told("f2", now + 3599), now)).toMatchObject({ id: "f2" });
    expect(ask(system, "/predict", told("f2", now + 3599), unhurried(now)).body).toMatchObject({ fault: null });
    // The lateness was an hour too: whoever came a few seconds late after that was from the past.
    for (const [at, late] of [1, 60, 3000].entries())
      expect(ask(system, "/predict", told(`f3${at}`, now - late), unhurried(now)).body).toMatchObject({ fault: null });
  });

  it("takes no label of before its case happened, but for what clocks may be off", async () => {
    const system = await open();
    const now = system.newest + 60;
    for (const id of ["e1", "e2"]) ask(system, "/predict", { ...caseAt(5), id, time: now }, unhurried(now));
    const label = (id: string, time: number) =>
      ask(system, "/events", { events: [{ id, label: true, time }] }, unhurried(now)).body;
    for (const time of [0, 5, now - 3601])
      expect(label("e1", time)).toEqual({ taken: 0, refused: [{ id: "e1", reason: "bad-time" }] });
    expect(label("e1", now - 3599)).toEqual({ taken: 1, refused: [] });
    expect(label("e2", now)).toEqual({ taken: 1, refused: [] });
  });

  it("lets a click count in the rates of its person from a day on, and not before", async () => {
    const system = shared;
    const start = system.newest + 60;
    const ask1 = (id: string, time: number) => {
      ask(system, "/predict", { ...caseAt(5), id, time, entities: { user: "somebody new", ad: 1 } }, unhurried(time));
      return system.observed().get("user_click_rate") ?? Number.NaN;
    };
    const first = ask1("n1", start);
    ask(system, "/events", { events: [{ id: "n1", label: true, time: start + 30 }] }, unhurried(start + 30));
    const hour = ask1("n2", start + 3600);
    const day = ask1("n3", start + 86_400 + 1);
    expect(Math.abs(hour - first)).toBeLessThan(0.01);
    expect(day).toBeGreaterThan(hour + 0.03);
  });

  it("refuses a column that no feature reads, one that is left out, a word for a number, and a moment that has not come", async () => {
    const system = shared;
    const now = system.newest + 60;
    const good = { ...caseAt(5), time: now };
    const wrong = [
      { ...good, values: { ...good.values, colour: 3 } },
      { ...good, values: { hour: 3 } },
      { ...good, values: { hour: "three", width: 1 } },
      { ...good, entities: { user: 1 } },
      { ...good, entities: { user: 1, ad: 1.5 } },
      { ...good, id: "" },
      { ...good, time: now + 4000 },
    ];
    const [predict] = system.endpoints;
    for (const body of wrong) expect(() => predict.complete(body, now)).toThrow();
    expect(predict.complete(good, now)).toEqual(good);
    const missing = { ...good, id: "m", values: { hour: null, width: 2 }, entities: { user: null, ad: 3 } };
    expect(ask(system, "/predict", missing, unhurried(now)).body).toMatchObject({ fault: null });
    expect(system.observed().get("hour")).toBeNaN();
    expect(system.observed().get("user_click_rate")).toBeNaN();
    expect(system.observed().get("ad_click_rate")).not.toBeNaN();
  });

  it("answers the same after it was saved and restored, and forgets a person", async () => {
    const system = shared;
    const now = system.newest + 60;
    ask(system, "/predict", { ...caseAt(9), id: "s1", time: now, entities: { user: "new", ad: 2 } }, unhurried(now));
    const other = await open("test");
    other.restore(system.save());
    const later = { ...caseAt(9), id: "s2", time: now + 5, entities: { user: "new", ad: 2 } };
    expect(ask(other, "/predict", later, unhurried(now + 5))).toEqual(
      ask(system, "/predict", later, unhurried(now + 5)),
    );
    // Also once labels that were waiting count, and windows have gone on.
    for (const days of [1, 3, 20])
      for (let row = 0; row < 30; row++) {
        const one = { ...caseAt(row), id: `s-${days}-${row}`, time: now + days * 86_400 + row };
        const [mine, theirs] = [system, other].map((each) => ask(each, "/predict", one, unhurried(one.time)).body);
        expect(theirs).toEqual(mine);
        expect([...other.observed()]).toEqual([...system.observed()]);
      }
    expect(other.forget?.("new")).toBe(3);
    expect(other.forget?.("new")).toBe(0);
    expect(ask(other, "/events", { events: [{ id: "s1", label: true }] }).body).toMatchObject({ taken: 0 });
    expect(() => other.restore(new Uint8Array(64))).toThrow(FailureError);
  });

  it("grades an answer by its label, and not one that another model gave", async () => {
    const system = shared;
    const now = system.newest + 60;
    const { body } = ask(system, "/predict", { ...caseAt(7), id: "g1", time: now }, unhurried(now));
    ask(system, "/predict", { ...caseAt(8), id: "g2", time: now }, unhurried(now, 0));
    const probability =
      body && typeof body === "object" && "probability" in body ? Number(body.probability) : Number.NaN;
    const other = await open("test");
    other.restore(system.save());
    other.disownAnswers?.();
    const told = {
      events: [
        { id: "g1", label: true },
        { id: "g2", label: true },
      ],
    };
    for (const one of [system, other]) ask(one, "/events", told, unhurried(now + 1));
    const gradesAt = (one: ServedSystem, time: number) =>
      ask(one, "/predict", { ...caseAt(9), id: `g-${time}`, time }, unhurried(time)).grades?.filter(
        ({ id }) => id === "g1" || id === "g2",
      );
    // A click is told within the hour and its absence after a day: nothing is graded before both could have been told.
    expect(gradesAt(system, now + 2 * 86_400 - 1)).toEqual([]);
    const unit = String(task.entities.get("user")?.rows[7]);
    expect(gradesAt(system, now + 2 * 86_400)).toEqual([
      // The control's answer is not the system's.
      { id: "g1", unit, loss: expect.closeTo(-Math.log(probability), 12) },
    ]);
    expect(gradesAt(other, now + 2 * 86_400)).toEqual([]);
  });

  it("gives the control of an experiment the regression's word", async () => {
    const system = shared;
    expect(system.variants).toEqual(["logistic", "system"]);
    const now = system.newest + 60;
    const one = { ...caseAt(5), id: "v1", time: now };
    const { body } = ask(system, "/predict", one, unhurried(now, 0));
    expect(body).toMatchObject({ variant: "logistic" });
    expect(ask(system, "/predict", { ...one, id: "v2" }, unhurried(now)).body).not.toMatchObject({
      probability: body && typeof body === "object" && "probability" in body ? body.probability : 0,
    });
  });
});
