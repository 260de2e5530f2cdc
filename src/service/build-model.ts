/** From a note to a model that can be served: runs it where that has not been done, and keeps what its system was opened from. */

import { execFileSync } from "node:child_process";
import { FailureError, unwrap } from "../core/outcome.ts";
import type { ServeRequest } from "../kinds/kind.ts";
import { findKind } from "../kinds/registry.ts";
import { createOnnxRuntime } from "../node/onnx-runtime.ts";
import { createPictureReader } from "../node/pictures.ts";
import { pathFromHere } from "../node/project-path.ts";
import { readTextFile } from "../node/read-text-file.ts";
import { type RunRequest, runDesign } from "../node/run-design.ts";
import { type Design, parseDesign } from "../steps/design.ts";
import type { Evaluation } from "../system/evaluation.ts";
import type { ServedSystem } from "../system/served-system.ts";
import type { StageResult } from "../system/stage.ts";
import { alreadyBuilt, type ModelRegistry } from "./model-registry.ts";

/** Runs the note (what is known is not run again), and registers what it built. Gives the model's id. */
export async function buildModel(request: RunRequest, registry: ModelRegistry, root: string): Promise<string> {
  const note = request.text ?? readTextFile(request.path);
  const { record, outcomes } = await runDesign(request);
  const keyOf = (name: string): string | undefined => outcomes.find(({ stage }) => stage.name === name)?.key;
  const before = alreadyBuilt(registry.list(), { kind: record.kind, note, version: record.version }, keyOf);
  if (before !== undefined) return before.id;
  const read = new Map<string, StageResult>();
  const input = async (name: string): Promise<StageResult> => {
    const outcome = outcomes.find(({ stage }) => stage.name === name);
    if (outcome === undefined) throw new Error(`the run has no stage ${name}`);
    read.set(name, outcome.result);
    return outcome.result;
  };
  // Opened once: what it reads is what the model is.
  await openSystem(note, request.path, input, { begin: "test", isBlank: true });
  const names = [...read.keys()];
  const { evaluation } = record;
  return registry.add({
    kind: record.kind,
    title: record.title,
    version: record.version,
    seed: record.seed,
    commit: commitOf(root),
    data: { source: record.data.source, fingerprint: record.data.fingerprint },
    metrics: record.figures
      .filter(
        ({ step, unit, role, against, slice }) => step === 5 && unit !== "s" && !role && !against && slice === "all",
      )
      .map(({ name, subject, value, unit }) => ({ name, subject, value, unit })),
    ...(evaluation === null ? {} : { judged: judgedOf(evaluation) }),
    stages: Object.fromEntries(names.map((name) => [name, keyOf(name) ?? ""])),
    note,
    results: read,
  });
}

function judgedOf({ metric, served, chosen }: Pick<Evaluation, "metric" | "served" | "chosen">) {
  return { name: metric, subject: served, ...(chosen === served ? {} : { chosen }) };
}

export interface OpenedSystem {
  readonly system: ServedSystem;
  readonly design: Design;
}

/** The system that a note and the results of its stages make. Throws a `FailureError` for a kind that cannot be served. */
export async function openSystem(
  note: string,
  path: string,
  input: (stage: string) => Promise<StageResult>,
  known: Pick<ServeRequest, "begin" | "isBlank">,
): Promise<OpenedSystem> {
  const { design, findings } = parseDesign(note, pathFromHere(path));
  if (design === undefined)
    throw new FailureError({
      code: "not-a-design",
      message: findings[0]?.message ?? "the note cannot be read",
      where: path,
    });
  const kind = unwrap(findKind(design.front.system));
  if (kind.serve === undefined)
    throw new FailureError({
      code: "cannot-serve",
      message: `a system of the kind \`${kind.name}\` can be run, but not served`,
      where: path,
    });
  const environment = {
    pictures: createPictureReader(),
    onnx: createOnnxRuntime(),
    pool: undefined,
    progress: () => undefined,
  };
  return { system: unwrap(await kind.serve({ design, input, ...known, environment })), design };
}

/** Undefined where there is no repository. */
function commitOf(root: string): string | null {
  try {
    const words = ["rev-parse", "HEAD"];
    return execFileSync("git", words, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null;
  }
}
