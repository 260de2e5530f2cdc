/** Changes every key of a small note and looks whether a run over the results of the unchanged note differs from one that starts from nothing. */

import { createHash } from "node:crypto";
import { FailureError, unwrap } from "../src/core/outcome.ts";
import { findKind } from "../src/kinds/registry.ts";
import { parseDesign } from "../src/steps/design.ts";
import { runPipeline, type StageOutcome } from "../src/system/pipeline.ts";
import { createMemoryStore, type ResultStore } from "../src/system/result-store.ts";
import type { Stage, StageResult } from "../src/system/stage.ts";
import { type ChangedNote, changedNotes } from "./changed-notes.ts";
import { sealedEnvironment } from "./sealed-environment.ts";

const environment = {
  ...sealedEnvironment,
  digest: async (text: string) => createHash("sha256").update(text).digest("hex"),
};

export interface Staleness {
  /** Keys that were changed, and the stages that ran again for each. */
  readonly changed: ReadonlyMap<string, readonly string[]>;
  /** Keys that no run accepts another value of. */
  readonly fixed: readonly string[];
  /** `key: stage` wherever the old results gave another result than none did. */
  readonly stale: readonly string[];
}

/** `picks` chooses the keys that are tried, by name and number. */
export async function findStaleResults(note: string, picks: (key: string, at: number) => boolean): Promise<Staleness> {
  const old = new Map<string, StageResult>();
  await run(await planOf(note), keepingStore(old));
  const changed = new Map<string, readonly string[]>();
  const fixed: string[] = [];
  const stale: string[] = [];
  for (const [at, one] of changedNotes(note).entries()) {
    if (!picks(one.key, at)) continue;
    const fresh = await firstRun(one);
    if (fresh === undefined) {
      fixed.push(one.key);
      continue;
    }
    const again: string[] = [];
    // A run over the old results takes those whose key it finds, and works on what it took: it differs where one of them does.
    for (const { stage, key, result } of fresh) {
      const kept = old.get(key);
      if (kept === undefined) again.push(stage.name);
      else if (!isSame(kept, result)) stale.push(`${one.key}: ${stage.name}`);
    }
    changed.set(one.key, again);
  }
  return { changed, fixed, stale };
}

interface Plan {
  readonly stages: readonly Stage[];
  readonly seed: number;
}

/** The run from nothing of the first changed text that can be run. */
async function firstRun(note: ChangedNote): Promise<readonly StageOutcome[] | undefined> {
  for (const text of note.texts()) {
    try {
      return await run(await planOf(text), createMemoryStore());
    } catch (error) {
      // Another value may be one that a run accepts.
      if (!(error instanceof FailureError)) throw error;
    }
  }
  return undefined;
}

async function planOf(text: string): Promise<Plan> {
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("the note is no design");
  const kind = unwrap(findKind(design.front.system));
  const { files, sql } = environment;
  const { stages } = unwrap(await kind.plan({ design, resolve: (path) => path, files, sql }));
  return { stages, seed: design.evaluate.seed ?? 7 };
}

function run({ stages, seed }: Plan, store: ResultStore): Promise<readonly StageOutcome[]> {
  return runPipeline(stages, { environment, store, seed, codeVersion: "test" });
}

function keepingStore(results: Map<string, StageResult>): ResultStore {
  return {
    read: async (key) => results.get(key),
    write: async (key, result) => {
      results.set(key, result);
    },
  };
}

function isSame(a: StageResult, b: StageResult): boolean {
  const { arrays: columns, ...rest } = a;
  const { arrays: others, ...other } = b;
  if (JSON.stringify(rest) !== JSON.stringify(other)) return false;
  const names = Object.keys(columns);
  return (
    names.length === Object.keys(others).length &&
    names.every((name) => {
      const [one, two] = [columns[name], others[name]];
      return one.length === two?.length && one.every((value: unknown, at: number) => Object.is(value, two[at]));
    })
  );
}
