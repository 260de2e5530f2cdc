import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { joinLists } from "../../steps/3-data/row-lists.ts";
import type { ModelFacts } from "../../steps/4-model/schema.ts";
import { storeLists } from "../../steps/4-model/train/ranked-lists.ts";
import { parseDesign } from "../../steps/design.ts";
import { type StageResult, stageResult } from "../../system/stage.ts";
import { interactionsToStored } from "./interactions.ts";
import { offPolicyStage } from "./off-policy-stage.ts";
import { createWorld, simulateInteractions } from "./simulated-world.ts";

const MEMBERS = 60;
const options = { members: MEMBERS, titles: 60, days: 40 };
const world = createWorld(options, createRandom(8));
const { json, arrays } = interactionsToStored(simulateInteractions(world, createRandom(8)));
const recorded = typeof json === "object" && json !== null ? json : {};

/** The same titles for every member. */
function everybody(from: number, until: number) {
  const titles = Array.from({ length: until - from }, (_, i) => from + i);
  return {
    ...joinLists(Array.from({ length: MEMBERS }, () => titles)),
    scores: new Float32Array(MEMBERS * titles.length),
  };
}

const inputs: Readonly<Record<string, StageResult>> = {
  interactions: stageResult({ json: { ...recorded, world: { seed: 8, options } }, arrays }),
  "position-bias": stageResult({
    arrays: { examination: Float64Array.from({ length: 10 }, (_, at) => world.examination(at + 1)) },
  }),
  "simulated-experiment": stageResult({
    arrays: {
      ...storeLists("baseline", everybody(0, 20)),
      ...storeLists("candidates", everybody(20, 60)),
      ...storeLists("system", everybody(30, 50)),
    },
  }),
};

function modelOf(facts: string): ModelFacts {
  const { design } = parseDesign(`---\nheptad: 1\n---\n# X\n## 4. Model\n\`\`\`yaml\n${facts}\n\`\`\`\n`, "x.md");
  if (design === undefined) throw new Error("no design");
  return design.model;
}

function refuse(): never {
  throw new Error("not part of this stage");
}

function run(facts: string, given = inputs): Promise<StageResult> {
  const stage = offPolicyStage(modelOf(facts), "system");
  return stage.execute({
    paths: stage.data.paths,
    input: async (name) => given[name],
    random: createRandom(1),
    environment: {
      sql: { query: refuse, register: refuse },
      files: {
        list: refuse,
        exists: refuse,
        head: refuse,
        size: refuse,
        text: refuse,
        scratch: refuse,
        fingerprint: refuse,
      },
      pool: undefined,
      progress: refuse,
      stopwatch: { now: refuse },
      digest: refuse,
      peakMemory: refuse,
    },
  });
}

const slicesOf = ({ figures }: StageResult): Set<string> => new Set(figures.map(({ slice }) => slice));

describe("the off-policy stage", () => {
  it("explores as the note says: by a stage's slots, or by a share of whole lists", async () => {
    const slots = "stages: [{ name: re-ranking, exploration: { slots: 2, share: 50% } }]";
    expect(slicesOf(await run(slots))).toContain("50% explored, 2 of 10 places");
    expect(slicesOf(await run("exploration: { method: epsilon-greedy, share: 20% }"))).toContain("20% explored");
  });

  it("says that a note without exploration cannot judge another policy, and shows what a drawn log would tell", async () => {
    const result = await run("cold-start: { member: most-popular }");
    expect(slicesOf(result)).toEqual(new Set(["every list drawn"]));
    expect(result.remarks.at(-1)?.text).toContain("explores nothing");
  });

  it("gives no estimate where the log shows nothing that the system would show", async () => {
    const { figures, remarks } = await run("exploration: { share: 0.0001% }");
    const small = figures.filter(({ slice }) => slice.endsWith("explored"));
    expect(small.map(({ subject }) => subject)).not.toContain("ips");
    expect(remarks[0]).toMatchObject({ kind: "warning", text: expect.stringContaining("nothing can be estimated") });
  });

  it("has nothing to say of recorded data, or where positions are not logged", async () => {
    const real = { ...inputs, interactions: stageResult({ json: recorded, arrays }) };
    expect(await run("exploration: { share: 10% }", real)).toEqual(stageResult({}));
    expect(await run("exploration: { share: 10% }", { ...inputs, "position-bias": stageResult({}) })).toEqual(
      stageResult({}),
    );
  });
});
