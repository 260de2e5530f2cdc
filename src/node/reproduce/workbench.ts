/** What reproducing a table works with: its files, threads, and a store that keeps every finished part, so that what was interrupted goes on. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FailureError } from "../../core/outcome.ts";
import { createRandom, type Random } from "../../core/random.ts";
import type { KernelPool } from "../../kernels/pool.ts";
import { canonicalJson, isJsonObject } from "../../system/canonical-json.ts";
import type { ResultStore } from "../../system/result-store.ts";
import { type Json, type StageResult, stageResult } from "../../system/stage.ts";
import { type DataChecksums, refuseChangedData } from "./data-checksums.ts";
import { type DataCounts, refuseOtherData } from "./data-counts.ts";

/** What a workbench is made of. */
export interface WorkbenchParts {
  /** The folder that the paths of tables begin in. */
  readonly folder: string;
  readonly store: ResultStore;
  /** All that kept parts depend on besides what they are told. */
  readonly version: string;
  readonly pool?: KernelPool;
  /** Seconds of some clock. */
  readonly now: () => number;
  /** What the published files hold, by the names that a protocol counts them by; where absent, any data may be read. */
  readonly counts?: DataCounts;
  /** Of the rows of the published files, by the names of `data`; where absent, rows may be any. */
  readonly checksums?: DataChecksums;
  /** Told of each part that is made; not of those that were kept, nor of those made inside another. */
  readonly onPart?: (what: string) => void;
}

export interface Workbench extends Pick<WorkbenchParts, "pool"> {
  /** The path of a table's file. Throws a `FailureError` where it is not there. */
  path(file: string): string;
  text(file: string): string;
  /** Its lines, a byte a character, so that any encoding stays as it is. */
  lines(file: string): readonly string[];
  random(seed: number): Random;
  /**
   * Told what was read, before anything is made of it: no part is made, and no time told, until all that the published files hold has been
   * counted and summed. Throws a `FailureError` where the data are others.
   */
  counted(found: DataCounts): void;
  /** As `counted`, of the rows themselves: said after it, since a count says more plainly what is missing. */
  summed(found: DataChecksums): void;
  /**
   * The part as it was kept, or made now and kept. `facts` are all that it depends on besides the data and the code. Parts are made one
   * after another, or one inside another: else nobody could say what each took.
   */
  part(what: string, facts: Json, make: () => Promise<StageResult>): Promise<StageResult>;
  /** Seconds of work: of all parts asked for, and of what was done between them, each when it was done first. */
  seconds(): Promise<number>;
}

/** A workbench for one table; `named` are the files of its data by their names, whose contents all parts depend on. */
export function openWorkbench(
  { folder, store, version, pool, now, counts = {}, checksums = {}, onPart }: WorkbenchParts,
  named: Readonly<Record<string, string>>,
): Workbench {
  const files = Object.values(named);
  const path = (file: string): string => {
    const found = join(folder, file);
    if (existsSync(found)) return found;
    throw new FailureError({
      code: "no-table-data",
      message: `there is no ${file} in ${folder}`,
      where: "--data",
      fix: "name the folder that holds it; `heptad reproduce --list` says what each table reads",
    });
  };
  const fingerprint = createHash("sha256");
  for (const file of files) fingerprint.update(readFileSync(path(file)));
  const data = fingerprint.digest("hex");
  const spent = new Map<string, number>();
  /** Seconds of parts made inside the one that is being made: they are counted there. */
  let inner = 0;
  let depth = 0;
  const opened = now();
  /** Seconds that parts took since then, made or kept: what else was done, as reading data, was done between them. */
  let within = 0;
  const keyOf = (what: string, facts: Json): string => {
    const asked = canonicalJson({ what: `reproduce ${what}`, facts, data, version });
    return createHash("sha256").update(asked).digest("hex");
  };
  const uncounted = new Set(Object.keys(counts));
  const unsummed = new Set(Object.keys(checksums));
  const refuseUnread = (): void => {
    if (uncounted.size > 0) throw new Error(`nobody counted ${[...uncounted].join(", ")}`);
    if (unsummed.size > 0) throw new Error(`nobody summed ${[...unsummed].join(", ")}`);
  };
  return {
    pool,
    path,
    text: (file) => readFileSync(path(file), "utf8"),
    lines: (file) => readFileSync(path(file), "latin1").trimEnd().split(/\r?\n/u),
    random: (seed) => createRandom(seed),
    counted(found) {
      refuseOtherData(found, counts, files);
      for (const name of Object.keys(found)) uncounted.delete(name);
    },
    summed(found) {
      refuseChangedData(found, checksums, (name) => named[name]);
      for (const name of Object.keys(found)) unsummed.delete(name);
    },
    async part(what, facts, make) {
      refuseUnread();
      const key = keyOf(what, facts);
      const asking = now();
      const known = await store.read(key);
      if (known !== undefined) {
        const seconds = isJsonObject(known.json) ? Number(known.json.seconds) : 0;
        spent.set(key, seconds);
        if (depth === 0) within += now() - asking;
        return known;
      }
      if (depth === 0) onPart?.(what);
      const [started, before] = [now(), inner];
      inner = 0;
      depth++;
      const made = await make().finally(() => depth--);
      const elapsed = now() - started;
      const seconds = elapsed - inner;
      inner = before + elapsed;
      spent.set(key, seconds);
      const result = stageResult({ ...made, json: { ...(isJsonObject(made.json) ? made.json : {}), seconds } });
      await store.write(key, result);
      if (depth === 0) within += now() - asking;
      return result;
    },
    async seconds() {
      refuseUnread();
      const key = keyOf("the work between parts", null);
      const kept = await store.read(key);
      const between = kept === undefined ? now() - opened - within : Number(kept.json);
      if (kept === undefined) await store.write(key, stageResult({ json: between }));
      return [...spent.values()].reduce((sum, one) => sum + one, between);
    },
  };
}
