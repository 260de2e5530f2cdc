import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { openExperimentSwitch } from "../src/service/experiment-switch.ts";
import { openExposureLog } from "../src/service/exposure-log.ts";
import { type OnlineExperiment, openOnlineExperiment } from "../src/service/online-experiment.ts";
import type { ServedSystem } from "../src/system/served-system.ts";
import { SERVED_KINDS, type TrainedSystem, trainSystem } from "./served-systems.ts";
import { smallService } from "./small-service.ts";
import { temporaryFolder } from "./temporary-folder.ts";

type Answer = { readonly variant?: string; readonly by?: string };

interface Trial {
  readonly app: FastifyInstance;
  readonly system: ServedSystem;
  readonly experiment: OnlineExperiment;
  readonly exposed: () => number;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function trialOf(trained: TrainedSystem, traffic: number): Promise<Trial> {
  const folder = temporaryFolder();
  const system = await trained.open("end");
  const log = openExposureLog(join(folder, "exposures.csv"));
  const experiment = openOnlineExperiment(
    { salt: "arms", shares: [0.5, 0.5], traffic, treated: 1, alpha: 0.05, sampleRatioAlpha: 0, slow: 60 },
    log,
    openExperimentSwitch(join(folder, "experiment.json")),
    () => undefined,
  );
  const { app, close } = smallService(system, { experiment }, folder);
  closing.push(close);
  return { app, system, experiment, exposed: () => log.count("control") + log.count("treated") };
}

async function ask({ app }: Trial, url: string, payload: string | Buffer, type = "application/json") {
  const answer = await app.inject({ method: "POST", url, payload, headers: { "content-type": type } });
  expect([url, answer.statusCode, answer.statusCode === 200 ? "" : answer.body]).toEqual([url, 200, ""]);
  const body = answer.json();
  const answers: readonly Answer[] = body.predictions ?? body.decisions ?? [body];
  return { answers, arm: answer.headers["x-heptad-arm"] };
}

/** The endpoint's example about a unit; null is nobody. */
function about(example: Record<string, unknown>, unit: number | null, id: string): Record<string, unknown> {
  if ("member" in example) return { ...example, member: String(unit) };
  if ("customer" in example) return { ...example, id, customer: unit };
  const [[name], ...others] = Object.entries({ ...Object(example.entities) });
  return { ...example, id, entities: { ...Object.fromEntries(others), [name]: unit === null ? null : String(unit) } };
}

/** Whether the whole system answered, by what the answer says. */
const isTreated = ({ variant, by }: Answer): boolean => variant === "system" || by === "model";

describe.each(SERVED_KINDS)("an experiment on the service of %s", (kind) => {
  let trained: TrainedSystem;
  beforeAll(async () => {
    trained = await trainSystem(kind);
  }, 120_000);

  /** What every endpoint that answers is asked about units, one by one and all at once. */
  function* asks({ system }: Trial, units: readonly (number | null)[], round: string) {
    const [single] = system.endpoints;
    if (single === undefined) return;
    const bodies = (prefix: string) =>
      units.map((unit, at) => about(Object(single.example), unit, `${round}${prefix}${at}`));
    for (const [at, body] of bodies("one").entries()) yield { path: single.path, body, units: [units[at]] };
    const many = system.endpoints.find(({ path }) => path.endsWith("/many"));
    if (many === undefined) return;
    const [list] = Object.keys(Object(many.example));
    yield { path: many.path, body: { [list]: bodies("many") }, units };
  }

  const people = Array.from({ length: 60 }, (_, at) => at);

  it("answers each unit by its own arm, however many a request is about", async () => {
    const trial = await trialOf(trained, 0.6);
    const seen = { treated: 0, control: 0 };
    for (const { path, body, units } of asks(trial, people, "own")) {
      const { answers, arm } = await ask(trial, path, JSON.stringify(body));
      const shown = units.map((unit) => trial.experiment.assign(String(unit)));
      expect(answers).toHaveLength(units.length);
      for (const [at, answer] of answers.entries()) {
        if (shown[at].variant === 0) expect([path, units[at], isTreated(answer)]).toEqual([path, units[at], false]);
        // Rules that guard the model may decide for the treated too.
        else if (answer.by === undefined) expect([path, units[at], isTreated(answer)]).toEqual([path, units[at], true]);
        seen[isTreated(answer) ? "treated" : "control"]++;
      }
      if (units.length === 1) expect(arm ?? null).toBe(shown[0].arm);
      else expect(arm).toBeUndefined();
    }
    if (trial.system.endpoints.length === 0) return;
    expect(Math.min(seen.treated, seen.control)).toBeGreaterThan(5);
    expect(trial.exposed()).toBe(people.filter((unit) => trial.experiment.assign(String(unit)).arm !== null).length);
  });

  it("gives the control to what is nobody's, and counts it as outside", async () => {
    const trial = await trialOf(trained, 1);
    let outside = 0;
    for (const { path, body, units } of kind === "binary-classification" ? asks(trial, [null, null, null], "no") : []) {
      const { answers, arm } = await ask(trial, path, JSON.stringify(body));
      expect([answers.map(isTreated), arm]).toEqual([units.map(() => false), undefined]);
      outside += units.length;
    }
    for (const { path, example, types } of trial.system.uploads ?? []) {
      const { answers, arm } = await ask(trial, path, Buffer.from(example.bytes), types[0]);
      expect([answers.map(isTreated), arm]).toEqual([[false], undefined]);
      outside++;
    }
    expect(trial.experiment.describe()).toMatchObject({ outside });
    expect(trial.exposed()).toBe(0);
  });

  it("gives the control to everybody and to nobody once it is stopped, by every endpoint", async () => {
    const trial = await trialOf(trained, 1);
    await trial.app.inject({ method: "POST", url: "/experiment/stop", payload: {} });
    const units = kind === "binary-classification" ? [...people, null] : people;
    for (const { path, body } of asks(trial, units, "stop")) {
      const { answers } = await ask(trial, path, JSON.stringify(body));
      expect([path, answers.some(isTreated)]).toEqual([path, false]);
    }
    for (const { path, example, types } of trial.system.uploads ?? [])
      for (const url of [path, `${path}?member=7`]) {
        const { answers } = await ask(trial, url, Buffer.from(example.bytes), types[0]);
        expect([url, answers.map(isTreated)]).toEqual([url, [false]]);
      }
    expect(trial.exposed()).toBe(0);
  });
});
