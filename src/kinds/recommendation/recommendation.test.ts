import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sealedEnvironment as environment } from "../../../test/sealed-environment.ts";
import { subjectText } from "../../core/figure.ts";
import { unwrap } from "../../core/outcome.ts";
import { rankedTaskFromStored } from "../../steps/3-data/ranked-task.ts";
import { requestsFromStored } from "../../steps/3-data/split/stored-requests.ts";
import { CANDIDATES_STAGE } from "../../steps/4-model/train/candidates-stage.ts";
import { signalWeights } from "../../steps/4-model/train/interaction-matrix.ts";
import { listsFromStored } from "../../steps/4-model/train/ranked-lists.ts";
import { RE_RANKING_STAGE } from "../../steps/4-model/train/re-ranking-stage.ts";
import { trainingStageName } from "../../steps/4-model/train/recommender-stage.ts";
import { BASELINE, planTwoStages } from "../../steps/4-model/train/two-stage-plan.ts";
import { answerRequests } from "../../steps/6-deploy/serve/answer-requests.ts";
import { type Design, parseDesign } from "../../steps/design.ts";
import { runPipeline, type StageOutcome } from "../../system/pipeline.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import type { StageResult } from "../../system/stage.ts";
import { recommendation } from "./recommendation.ts";

const FIXTURE = join(import.meta.dirname, "..", "..", "..", "test", "fixtures", "small-recommendation.md");

/** The fixture, with a correction of position bias and exploration slots. */
function readFixture(): Design {
  const text = readFileSync(FIXTURE, "utf8").replace(
    "cold-start:",
    "position-bias: { method: ips }\nexploration: { share: 10% }\ncold-start:",
  );
  const { design: read } = parseDesign(text, "small.md");
  if (read === undefined) throw new Error("the fixture is no design");
  return read;
}

const design = readFixture();
let outcomes: readonly StageOutcome[] = [];
const resultOf = (name: string): StageResult => {
  const found = outcomes.find(({ stage }) => stage.name === name);
  if (found === undefined) throw new Error(`no stage ${name}`);
  return found.result;
};

beforeAll(async () => {
  const { stages } = unwrap(
    await recommendation.plan({ design, resolve: (path) => path, files: environment.files, sql: environment.sql }),
  );
  outcomes = await runPipeline(stages, { environment, store: createMemoryStore(), seed: 7, codeVersion: "test" });
}, 120_000);

it("asks only as many members as the note draws", async () => {
  const { files, sql } = environment;
  const asked = async (evaluation: object): Promise<unknown> => {
    const drawn = { ...design, evaluate: { ...design.evaluate, evaluation } };
    const { stages } = unwrap(await recommendation.plan({ design: drawn, resolve: (path) => path, files, sql }));
    return JSON.parse(stages.find(({ name }) => name === "split")?.plan ?? "{}").asked;
  };
  expect(await asked({ "sampled-users": { value: 20_000 } })).toBe(20_000);
  expect(await asked({})).toBeUndefined();
});

it.each([
  ["by: rolling", "split-not-runnable"],
  ["by: random, test: 14 d", "share-needed"],
])("refuses before anything is trained what it cannot split by: %s", async (split, code) => {
  const text = readFileSync(FIXTURE, "utf8").replace(/^split: .*$/mu, `split: { ${split} }`);
  const { design: read } = parseDesign(text, "n.md");
  const { files, sql } = environment;
  if (read === undefined) throw new Error("the note is no design");
  const outcome = await recommendation.plan({ design: read, resolve: (path) => path, files, sql });
  expect(outcome.ok ? "planned" : outcome.failure).toMatchObject({ code });
  const line = text.split("\n").findIndex((one) => one.startsWith("split: ")) + 1;
  expect(outcome.ok ? 0 : outcome.failure.at?.start.line).toBe(line);
});

it("cuts folds for a ranker to learn from only where the note has one", async () => {
  const foldsOf = async (read: Design): Promise<unknown> => {
    const { files, sql } = environment;
    const { stages } = unwrap(await recommendation.plan({ design: read, resolve: (path) => path, files, sql }));
    return JSON.parse(stages.find(({ name }) => name === "split")?.plan ?? "{}").folds;
  };
  expect(await foldsOf(design)).toBeGreaterThan(0);
  const text = readFileSync(FIXTURE, "utf8").replace(/^ *- \{ name: (?:ranking|re-ranking).*\n/gmu, "");
  const { design: bare } = parseDesign(text, "bare.md");
  expect(bare?.model.stages).toHaveLength(1);
  expect(bare && (await foldsOf(bare))).toBe(0);
});

describe("a recommendation run", () => {
  it("answers a request once it is trained exactly as it answered it in the evaluation", async () => {
    const plan = unwrap(planTwoStages("interactions", design.frame, design.data, design.model));
    const weights = signalWeights(design.frame.signals?.weights);
    const task = rankedTaskFromStored(resultOf("interactions"));
    const requests = requestsFromStored(resultOf("split"), "test");
    const answers = await answerRequests(plan, weights, task, requests, async (name) => resultOf(name));
    expect(requests.count).toBeGreaterThan(10);
    const lists = (stage: string) => listsFromStored(resultOf(stage).arrays, "test");
    expect(answers.baseline).toEqual(lists(trainingStageName(BASELINE)));
    expect(answers.candidates).toEqual(lists(CANDIDATES_STAGE));
    expect(answers.system).toEqual(lists(RE_RANKING_STAGE));
  });

  it("estimates position bias from the log and shows what its correction changed", () => {
    const { arrays, charts } = resultOf("position-bias");
    expect(arrays.examination).toHaveLength(10);
    expect(charts[0].points.map(({ series }) => series)).toContain("truth of the simulation");
    const { figures } = resultOf("position-bias-effect");
    expect(figures.map(subjectText)).toEqual(["als less als without ips", "als less als without ips"]);
    expect(resultOf("train-als").arrays).not.toEqual(resultOf("train-als without ips").arrays);
  });

  it("sets the offline gain beside that of a simulated experiment, and logs each exposure", () => {
    const { figures, arrays, charts } = resultOf("simulated-experiment");
    const names = figures.map(({ name }) => name);
    expect(names).toContain("relative gain online");
    expect(names).toContain("relative gain offline");
    expect(charts).toHaveLength(1);
    const shown = arrays["exposure.member"].length;
    for (const name of ["arm", "time", "title", "place", "clicked"])
      expect(arrays[`exposure.${name}`]).toHaveLength(shown);
  });

  it("estimates the system from an exploring log, as the note explores and with every list drawn", () => {
    const { figures, charts, arrays } = resultOf("off-policy");
    for (const slice of ["10% explored", "every list drawn"]) {
      const subjects = figures.filter((one) => one.slice === slice).map(({ subject }) => subject);
      expect(subjects).toEqual(expect.arrayContaining(["ips", "snips", "doubly robust", "truth of the simulation"]));
      expect(arrays[`propensity.${slice}`].length).toBeGreaterThan(100);
    }
    expect(charts).toHaveLength(1);
  });
});
