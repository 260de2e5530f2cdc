/** Runs the variants of a sweep side by side, each in a process of its own over one cache of results. */

import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { type Failure, FailureError, unwrap } from "../core/outcome.ts";
import { setFact } from "../note/set-fact.ts";
import type { RunRecord } from "../system/run-record.ts";
import { nameVariant, type Variant } from "../system/variants.ts";
import { readDesign } from "./run-design.ts";
import type { VariantReply, VariantRequest } from "./sweep-variant.ts";

export interface SweepRequest {
  readonly path: string;
  readonly variants: readonly Variant[];
  readonly dataPath?: string;
  readonly seed?: number;
  /** Variants at once; all processors where absent. */
  readonly jobs?: number;
  readonly onVariant?: (done: number, total: number) => void;
}

export interface SweptRun {
  readonly variant: Variant;
  readonly record: RunRecord;
  readonly folder: string;
}

export interface Sweep {
  /** In the order of the variants. */
  readonly runs: readonly SweptRun[];
  /** Variants that could not be run, and why. */
  readonly leftOut: readonly { readonly variant: Variant; readonly failure: Failure }[];
}

/**
 * Runs all variants. The first one runs alone, so that the others find the stages they share; a sweep that was killed finds the
 * results of what was finished. A variant that cannot be run is left out; throws its `FailureError`, with the variant in it, where none can.
 */
export async function runSweep({ path, variants, dataPath, seed, jobs, onVariant }: SweepRequest): Promise<Sweep> {
  const text = readDesign(path).text;
  const requests = variants.map(
    (variant): VariantRequest => ({ path, text: applyVariant(text, variant), dataPath, seed, threads: 1 }),
  );
  const runs = new Map<number, SweptRun>();
  const failed = new Map<number, FailureError>();
  let next = 0;
  const takeOne = async (): Promise<void> => {
    const at = next++;
    try {
      runs.set(at, { variant: variants[at], ...(await runVariant(requests[at])) });
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      failed.set(at, error);
    }
    onVariant?.(runs.size + failed.size, variants.length);
  };
  if (variants.length > 0) await takeOne();
  const worker = async (): Promise<void> => {
    while (next < variants.length) await takeOne();
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs ?? availableParallelism()) }, worker));
  const inOrder = <T>(found: ReadonlyMap<number, T>): readonly (readonly [number, T])[] =>
    [...found].sort(([a], [b]) => a - b);
  const leftOut = inOrder(failed).map(([at, { failure }]) => ({ variant: variants[at], failure }));
  const [first] = leftOut;
  if (runs.size === 0 && first !== undefined)
    throw new FailureError({ ...first.failure, message: `${nameVariant(first.variant)}: ${first.failure.message}` });
  return { runs: inOrder(runs).map(([, run]) => run), leftOut };
}

function applyVariant(text: string, variant: Variant): string {
  return variant.reduce((edited, { key, value }) => unwrap(setFact(edited, key, value)), text);
}

async function runVariant(request: VariantRequest): Promise<{ readonly record: RunRecord; readonly folder: string }> {
  const reply = await ask(request);
  if (reply.ok) return reply;
  throw new FailureError(reply.failure);
}

function ask(request: VariantRequest): Promise<VariantReply> {
  return new Promise((resolve, reject) => {
    const child = fork(entry(), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    let reply: VariantReply | undefined;
    child.on("message", (message: VariantReply) => {
      reply = message;
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      if (reply !== undefined) resolve(reply);
      else
        reject(
          new FailureError({
            code: "variant-died",
            message: `a variant ended with code ${code} before it answered`,
            fix: "run the sweep again: what was finished is kept",
          }),
        );
    });
    child.send(request);
  });
}

/** Run from source, the built file stands in: a process cannot be started from TypeScript everywhere. */
function entry(): string {
  const here = import.meta.url;
  return fileURLToPath(
    here.endsWith(".ts") ? new URL("../../dist/src/node/sweep-variant.js", here) : new URL("./sweep-variant.js", here),
  );
}
