import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { countingSystem } from "../../test/counting-system.ts";
import { FailureError } from "../core/outcome.ts";
import { createRandom } from "../core/random.ts";
import { type Design, parseDesign } from "../steps/design.ts";
import type { Grade, ServedSystem } from "../system/served-system.ts";
import { type ImprovementOptions, openImprovement } from "./improvement.ts";
import type { Sample } from "./read-metrics.ts";
import { heldTriggers } from "./retrain-triggers.ts";
import { openShadow, type ShadowReading } from "./shadow.ts";

const DAY = 86_400;

function designOf(retrain: string): Design {
  const text = readFileSync("test/fixtures/click-prediction.md", "utf8").replace(
    "retrain: { when: [average precision drop > 10%] }",
    `retrain: ${retrain}`,
  );
  const { design } = parseDesign(text, "clicks.md");
  if (design === undefined || !text.includes(retrain)) throw new Error("no design");
  return design;
}

const sample = (name: string, labels: Record<string, string>, value: number): Sample => ({ name, labels, value });
const quality = (value: number): Sample[] => [
  sample("heptad_quality", { metric: "average precision" }, value),
  sample("heptad_quality_judged", { metric: "average precision" }, 0.5),
];

describe("a trigger of the note", () => {
  const design = designOf("{ every: 7 d, when: [psi > 0.2, average precision drop > 10%] }");
  it("holds where drift, quality or age say so, and not where they say nothing", () => {
    expect(heldTriggers(design, [], 0)).toEqual([]);
    expect(heldTriggers(design, [sample("heptad_drift_psi", { of: "a" }, 0.2)], DAY)).toEqual([]);
    expect(heldTriggers(design, [sample("heptad_drift_psi", { of: "a" }, 0.21)], 0)).toEqual(["psi > 0.2"]);
    expect(heldTriggers(design, quality(0.46), 0)).toEqual([]);
    expect(heldTriggers(design, quality(0.44), 0)).toEqual(["average precision drop > 10%"]);
    expect(heldTriggers(design, [], 7 * DAY)).toEqual(["every 7 d"]);
    expect(heldTriggers(designOf("{ skip: never }"), quality(0.1), 99 * DAY)).toEqual([]);
  });
});

/** Gives a loss for each case that it is told of; forgets and remembers nothing. */
function grading(loss: (id: string) => number): ServedSystem {
  const [endpoint] = countingSystem().endpoints;
  return {
    ...countingSystem(),
    endpoints: [
      {
        ...endpoint,
        path: "/events",
        answer: (body) => ({ body: null, degraded: [], isObserved: false, grades: gradesOf(body, loss) }),
      },
    ],
  };
}

function gradesOf(body: unknown, loss: (id: string) => number): Grade[] {
  const ids: readonly string[] = Array.isArray(body) ? body.map(String) : [];
  return ids.map((id) => ({ id, unit: `u${Number(id) % 150}`, loss: loss(id) }));
}

/** A champion and a challenger with these losses; work is done when it is asked for. */
function shadowOf(champion: (id: string) => number, challenger: (id: string) => number) {
  const work: (() => void)[] = [];
  const ends: string[] = [];
  const shadow = openShadow({
    id: "m2",
    champion: grading(champion),
    challenger: grading(challenger),
    later: (one) => work.push(one),
    onEnd: (reason) => ends.push(reason),
  });
  const tell = (...ids: string[]): void =>
    shadow.follow({ path: "/events", body: ids, moment: 0, arrival: {}, grades: gradesOf(ids, champion) });
  const settle = (): void => {
    for (let next = work.shift(); next !== undefined; next = work.shift()) next();
  };
  return { shadow, tell, settle, work, ends };
}

describe("a challenger in the shadow", () => {
  it("is better where its losses are, by an interval that holds what it is better by, and says nothing on few labels", () => {
    const random = createRandom(3);
    const { shadow, tell, settle } = shadowOf(
      () => 0.35 + 0.1 * random.normal(),
      () => 0.3 + 0.1 * random.normal(),
    );
    for (let id = 0; id < 150; id++) tell(String(id));
    settle();
    expect(shadow.read()).toMatchObject({ verdict: "too few labels", pairs: 150, difference: Number.NaN });
    for (let id = 150; id < 3000; id++) {
      tell(String(id));
      settle();
    }
    const { verdict, interval, pairs, units } = shadow.read();
    expect([verdict, pairs, units]).toEqual(["better", 3000, 150]);
    expect(interval[0]).toBeLessThan(0.05);
    expect(interval[1]).toBeGreaterThan(0.05);
  });

  it("is called better or worse of the same losses in at most one of twenty, however often one looks", () => {
    let wrong = 0;
    for (let seed = 0; seed < 200; seed++) {
      const random = createRandom(seed, "alike");
      const loss = (): number => 0.3 + 0.3 * random.uniform();
      const { shadow, tell, settle } = shadowOf(loss, loss);
      let isWrong = false;
      for (let id = 0; id < 600; id += 20) {
        tell(...Array.from({ length: 20 }, (_, at) => String(id + at)));
        settle();
        isWrong ||= ["better", "worse"].includes(shadow.read().verdict);
      }
      wrong += Number(isWrong);
    }
    expect(wrong).toBeLessThanOrEqual(10);
  });

  it("counts a case once, and only cases that both had answered", () => {
    const { shadow, tell, settle } = shadowOf(
      () => 1,
      () => 0,
    );
    tell("1", "2");
    tell("2", "3");
    shadow.follow({ path: "/events", body: ["9"], moment: 0, arrival: {}, grades: [] });
    settle();
    expect(shadow.read()).toMatchObject({ pairs: 3, answered: 3 });
  });

  it("does its work later, ends where it fails or cannot keep up, and is never in the way of an answer", () => {
    const failing = shadowOf(
      () => 1,
      () => {
        throw new Error("broken");
      },
    );
    failing.tell("1");
    expect(failing.ends).toEqual([]);
    failing.settle();
    expect(failing.ends).toEqual(["it failed: broken"]);
    failing.tell("2");
    expect(failing.work).toHaveLength(0);
    const slow = shadowOf(
      () => 1,
      () => 1,
    );
    for (let id = 0; id < 1100; id++) slow.tell(String(id));
    expect(slow.ends).toEqual(["it is slower than requests come: 1000 waited for it"]);
    expect(slow.shadow.read().ended).toBe(slow.ends[0]);
  });
});

/** Everything that an improvement touches, written down. */
function world(design: Design, built: (string | undefined)[]) {
  const done: string[] = [];
  const state: { reading: ShadowReading | undefined } = { reading: undefined };
  const parts: ImprovementOptions = {
    design,
    build: async () => {
      done.push("run");
      return built.shift();
    },
    age: () => 0,
    follow: async (id) => done.push(`shadow ${id}`),
    reading: () => state.reading,
    drop: (reason) => done.push(`drop: ${reason}`),
    promote: async (id, why) => done.push(`promote ${id}: ${why}`),
    say: () => undefined,
  };
  const said = (verdict: ShadowReading["verdict"], pairs: number): ShadowReading => ({
    id: "m2",
    answered: pairs,
    pairs,
    units: 80,
    difference: 0.012,
    interval: [0.004, 0.02],
    verdict,
    ended: null,
  });
  return { improvement: openImprovement(parts), parts, done, state, said };
}

describe("an improvement", () => {
  const AUTOMATIC = designOf(
    "{ when: [average precision drop > 10%], deploy: automatic, gate: champion-challenger, gate-metric: log loss }",
  );
  const WHY =
    "challenger better: its loss is lower by 0.0120 [0.00400, 0.0200] on 600 labelled cases of 80 units, at every look";

  it("goes from a trigger over the shadow to a promotion that says why, once there are labels enough", async () => {
    const { improvement, done, state, said } = world(AUTOMATIC, ["m2"]);
    await improvement.tick(0, quality(0.49));
    expect(done).toEqual([]);
    await improvement.tick(15, quality(0.4));
    expect(done).toEqual(["run", "shadow m2"]);
    state.reading = said("not told apart", 600);
    await improvement.tick(30, quality(0.4));
    state.reading = said("better", 400);
    await improvement.tick(45, quality(0.4));
    expect(done).toHaveLength(2);
    state.reading = said("better", 600);
    await improvement.tick(60, quality(0.4));
    expect(done.slice(2)).toEqual([`promote m2: ${WHY}`]);
  });

  it("drops a challenger that is worse, and rests for a day before the next run", async () => {
    const { improvement, done, state, said } = world(AUTOMATIC, ["m2", undefined]);
    await improvement.tick(0, quality(0.4));
    state.reading = said("worse", 300);
    await improvement.tick(15, quality(0.4));
    expect(done[2]).toMatch(/^drop: it is worse: /u);
    state.reading = undefined;
    await improvement.tick(DAY - 1, quality(0.4));
    expect(done).toHaveLength(3);
    await improvement.tick(DAY, quality(0.4));
    expect(done.slice(3)).toEqual(["run"]);
  });

  it("says that a person decides about a model that nothing can be compared by, and goes on", async () => {
    const said: string[] = [];
    const { parts, done } = world(AUTOMATIC, ["m2"]);
    const improvement = openImprovement({
      ...parts,
      say: (message) => said.push(message),
      async follow() {
        throw new FailureError({ code: "no-shadow", message: "there is nothing to compare by" });
      },
    });
    await improvement.tick(0, quality(0.4));
    expect(done).toEqual(["run"]);
    expect(said.at(-1)).toBe(
      "model m2 was built and does not serve: there is nothing to compare by; a person decides: heptad model promote",
    );
    await improvement.tick(15, quality(0.4));
    expect(done).toEqual(["run"]);
  });

  it("leaves the promotion to a person where the note does or names another metric, and starts no run where nobody asked for it", async () => {
    const manual = world(
      designOf("{ when: [average precision drop > 10%], deploy: manual, gate: champion-challenger }"),
      [],
    );
    manual.state.reading = manual.said("better", 900);
    await manual.improvement.tick(0, quality(0.4));
    expect(manual.done).toEqual([]);
    const other = world(
      designOf(
        "{ when: [average precision drop > 10%], deploy: automatic, gate: shadow, gate-metric: average precision }",
      ),
      [],
    );
    other.state.reading = other.said("better", 900);
    await other.improvement.tick(0, quality(0.4));
    expect(other.done).toEqual([]);
    const { parts, done } = world(AUTOMATIC, ["m2"]);
    await openImprovement({ ...parts, build: undefined }).tick(0, quality(0.1));
    expect(done).toEqual([]);
  });
});
