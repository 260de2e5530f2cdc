/** Systems of small worlds, one of each kind, trained in memory and opened as a service opens them. */

import { readFileSync } from "node:fs";
import { unwrap } from "../src/core/outcome.ts";
import type { Kind } from "../src/kinds/kind.ts";
import { findKind } from "../src/kinds/registry.ts";
import { createPictureReader } from "../src/node/pictures.ts";
import { type Design, parseDesign } from "../src/steps/design.ts";
import type { Environment } from "../src/system/environment.ts";
import { runPipeline } from "../src/system/pipeline.ts";
import { createMemoryStore } from "../src/system/result-store.ts";
import type { ServedSystem } from "../src/system/served-system.ts";
import type { StageContext, StageResult } from "../src/system/stage.ts";
import { sealedEnvironment } from "./sealed-environment.ts";

const environment = { ...sealedEnvironment, pictures: createPictureReader() };

/** Notes of small worlds; each replacement has to find its place. */
const NOTES: Readonly<Record<string, readonly [path: string, ...changes: (readonly [string | RegExp, string])[]]>> = {
  recommendation: ["test/fixtures/tiny-recommendation.md"],
  "fraud-detection": [
    "test/fixtures/small-fraud.md",
    ["customers: 300, terminals: 400", "customers: 120, terminals: 160"],
  ],
  "binary-classification": [
    "test/fixtures/click-prediction.md",
    ["members: 800, items: 60, days: 70", "members: 40, items: 20, days: 56"],
    ["trees: 60", "trees: 12"],
  ],
  "visual-search": [
    "designs/visual-search.md",
    ["items: 480", "items: 40"],
    [
      /model: cnn, parameters: 80k, dimensions: 64, width: 8, epochs: 8, batch: 32/u,
      "model: cnn, dimensions: 64, width: 2, size: 16, epochs: 1, batch: 16",
    ],
  ],
};

export const SERVED_KINDS: readonly string[] = Object.keys(NOTES);

/** Steps that train; the state that payments begin with is told in step 6. */
const TRAINED = new Set([1, 2, 3, 4]);

export interface TrainedSystem {
  readonly design: Design;
  readonly input: StageContext["input"];
  /** `changed` stands in place of what the run's stages gave. */
  open(begin: "test" | "end", isBlank?: boolean, changed?: StageContext["input"]): Promise<ServedSystem>;
}

/** The text of a note whose world is trained in a moment. */
export function smallNote(name: string): string {
  const [path, ...changes] = NOTES[name];
  let text = readFileSync(path, "utf8");
  for (const [from, to] of changes) {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${path} has no ${String(from)}`);
    text = changed;
  }
  return text;
}

export async function trainSystem(name: string): Promise<TrainedSystem> {
  const [path] = NOTES[name];
  return trainNote(name, smallNote(name), path, environment);
}

export async function trainNote(
  name: string,
  text: string,
  path: string,
  environment: Environment,
): Promise<TrainedSystem> {
  const { design } = parseDesign(text, path);
  if (design === undefined) throw new Error(`${path} is no design`);
  const kind: Kind = unwrap(findKind(name));
  const request = { design, resolve: (one: string) => one, files: environment.files, sql: environment.sql };
  const { stages } = unwrap(await kind.plan(request));
  const outcomes = await runPipeline(
    stages.filter((one) => TRAINED.has(one.step) || one.name === "served-state"),
    { environment, store: createMemoryStore(), seed: 7, codeVersion: "test" },
  );
  const results = new Map<string, StageResult>(outcomes.map(({ stage, result }) => [stage.name, result]));
  const input = async (stage: string): Promise<StageResult> => {
    const found = results.get(stage);
    if (found === undefined) throw new Error(`no stage ${stage}`);
    return found;
  };
  return {
    design,
    input,
    async open(begin, isBlank, changed = input) {
      if (kind.serve === undefined) throw new Error(`${name} is not served`);
      return unwrap(await kind.serve({ design, input: changed, begin, environment, isBlank }));
    },
  };
}
