import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sealedEnvironment as environment } from "../../../test/sealed-environment.ts";
import { unwrap } from "../../core/outcome.ts";
import { ROLLOUT_STAGE } from "../../steps/6-deploy/rollout/rollout-stage.ts";
import { parseDesign } from "../../steps/design.ts";
import { runPipeline, type StageOutcome } from "../../system/pipeline.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { fraudDetection } from "./fraud-detection.ts";

const FIXTURE = join(import.meta.dirname, "..", "..", "..", "test", "fixtures", "small-fraud.md");
const SMALL = readFileSync(FIXTURE, "utf8")
  .replace("test: 7 d }", "test: 7 d, test-start: 2018-05-14 }")
  .replace("policy: capacity, capacity: 20/day,", "policy: cost, false-negative: $200,");
const SERVING = "serving: { budget";
const STAGED = `rollout: { steps: [shadow, 10%, 50%, 100%], bake: 7 d, abort-on: [error rate, latency p99, recall, complaints] }
rollback: { kind: automatic, time: 5 m, previous-kept: true }
experiment: { guardrails: [{ metric: recall, margin: 10%, direction: lower }, { metric: p99 latency, margin: 5 ms }] }
${SERVING}`;

const store = createMemoryStore();

async function run(text: string): Promise<readonly StageOutcome[]> {
  const { design } = parseDesign(text, "small.md");
  if (design === undefined) throw new Error("the fixture is no design");
  const request = { design, resolve: (path: string) => path, files: environment.files, sql: environment.sql };
  const { stages } = unwrap(await fraudDetection.plan(request));
  return await runPipeline(stages, { environment, store, seed: 7, codeVersion: "test" });
}

function rolloutOf(outcomes: readonly StageOutcome[]): StageOutcome {
  const found = outcomes.find(({ stage }) => stage.name === ROLLOUT_STAGE);
  if (found === undefined) throw new Error("there is no rollout");
  return found;
}

const textOf = ({ result }: StageOutcome): string => result.remarks.map(({ text }) => text).join("\n");

describe("the rollout of a fraud design", () => {
  let staged: StageOutcome;
  beforeAll(async () => {
    staged = rolloutOf(await run(SMALL.replace(SERVING, STAGED)));
  }, 120_000);

  it("goes from shadow to everybody on the weeks after the test, and says which days each step used", () => {
    expect(textOf(staged)).toContain(
      "(shadow 2018-05-21 to 2018-05-27, 10% 2018-05-28 to 2018-06-03, 50% 2018-06-04 to 2018-06-10, 100% 2018-06-11 to 2018-06-17)",
    );
    const slices = new Set(staged.result.figures.map(({ slice }) => slice));
    expect([...slices]).toEqual(expect.arrayContaining(["shadow", "10%", "50%", "100%"]));
  });

  it("tells decisions apart in shadow, and counts the alerts it would bring", () => {
    const { figures } = staged.result;
    const shadow = (name: string) => figures.find((one) => one.slice === "shadow" && one.name === name);
    expect(shadow("decisions alike")?.value).toBeGreaterThan(0.8);
    expect(shadow("alerts a day")?.interval).not.toBeNull();
    expect(shadow("psi of scores")?.value).toBeGreaterThan(0);
  });

  it("tries the guard on injected faults, and says so", () => {
    expect(textOf(staged)).toContain("**Drill: amounts in cents** (injected;");
    expect(staged.result.figures.some(({ subject }) => subject === "amounts in cents (injected)")).toBe(true);
    expect(staged.result.charts[0].points.some(({ series }) => series === "labels stuck at 0 (injected)")).toBe(true);
  });

  it("holds every name of abort-on that it can measure against a figure, and warns of the one it cannot", () => {
    expect(staged.result.alerts.map(({ metric, measured }) => [metric, measured === null])).toEqual([
      ["error rate", false],
      ["latency p99", false],
      ["frauds missed (recall)", false],
    ]);
    expect(textOf(staged)).toContain("`complaints` in `abort-on` cannot be measured");
  });

  it("stops the model itself in shadow where it declines more than the margin allows, and says what does not fit", async () => {
    const strict = STAGED.replace("recall, complaints", "share of honest payments declined").replace(
      "metric: recall, margin: 10%, direction: lower",
      "metric: share of honest payments declined, margin: 0.1%",
    );
    const eager = SMALL.replace("false-negative: $200", "false-negative: $2000");
    const stopped = rolloutOf(await run(eager.replace(SERVING, strict)));
    expect(textOf(stopped)).toMatch(
      /\*\*stopped\*\* [^.]* into shadow, because of `share of honest payments declined`/u,
    );
    expect(textOf(stopped)).toContain("Nobody was served by scoring.");
    expect(textOf(stopped)).toContain("The two do not fit together");
    expect(stopped.result.alerts.find(({ metric }) => metric === "share of honest payments declined")?.fires).toBe(
      true,
    );
    expect(stopped.result.charts.map(({ title }) => title)).toEqual([
      "share of honest payments declined: what stops scoring",
    ]);
  });

  it("is kept when monitoring changes, and replayed when the rollout does", async () => {
    const monitored = await run(SMALL.replace(SERVING, STAGED).replace('alert: "> 0.05"', 'alert: "> 0.1"'));
    expect(rolloutOf(monitored).cached).toBe(true);
    const slower = await run(SMALL.replace(SERVING, STAGED.replace("bake: 7 d", "bake: 8 d")));
    expect(rolloutOf(slower).cached).toBe(false);
    expect(textOf(rolloutOf(slower))).toMatch(/the data end within the step 100%/u);
  });

  it("only says what is not done where the note plans none, has nothing that runs today, or the data end first", async () => {
    const unplanned = rolloutOf(await run(SMALL));
    expect(textOf(unplanned)).toMatch(/shadow and staged rollout are not tried/u);
    // Without a name of its own it was called by its first words: "Write rollout: write rollout: …".
    expect(unplanned.result.remarks[0].short).toBe("Write a rollout in section 6");
    const unruled = SMALL.replace(SERVING, STAGED).replace(/.*name: rules.*\n/u, "");
    expect(textOf(rolloutOf(await run(unruled)))).toMatch(/what runs today/u);
    const late = SMALL.replace(SERVING, STAGED).replace("test-start: 2018-05-14", "test-start: 2018-06-13");
    expect(textOf(rolloutOf(await run(late)))).toMatch(/would begin on 2018-06-20, and the data end on 2018-06-19/u);
  });
});
