/** What several services of a note remember alike: a system and who was shown what, told by one log in one order. */

import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { FailureError } from "../../core/outcome.ts";
import { writeFileAtomically } from "../../node/atomic-write.ts";
import { makeFolder } from "../../node/make-folder.ts";
import { ByteReader, ByteWriter } from "../../steps/6-deploy/serve/byte-stream.ts";
import {
  type Arrival,
  keptArrival,
  readArrival,
  type ServedAnswer,
  type ServedSystem,
  unhurried,
} from "../../system/served-system.ts";
import { type ExposureFile, openExposureLog } from "../exposure-log.ts";
import { nothingByPerson } from "./file-store.ts";
import type { Forgotten } from "./service-store.ts";

/** An entry of the log. */
export type SharedEntry =
  | ({ readonly path: string; readonly body: unknown } & Arrival)
  | { readonly shown: readonly [unit: string, arm: string, moment: number] }
  | { readonly forget: string };

export interface SharedMemory {
  system: ServedSystem;
  readonly exposures: ExposureFile;
  /** Acts on an entry as everybody else does. Throws a `FailureError` for one that this system does not take. */
  take(entry: unknown): void;
  /** What an answer says that units did, written down. */
  outcomes(answer: ServedAnswer): ServedAnswer;
  shown(unit: string, arm: string, moment: number): void;
  forget(unit: string): Forgotten;
  save(): Uint8Array;
  restore(snapshot: Uint8Array): void;
}

/** The file at `path` is made anew from what is told, behind the `rows` that it begins with; `place` is said in errors. */
export function openSharedMemory(
  first: ServedSystem,
  path: string,
  place: string,
  rows: string | Uint8Array = "unit,arm,time,value\n",
): SharedMemory {
  let system = first;
  const begin = (rows: string | Uint8Array): ExposureFile => {
    makeFolder(dirname(path));
    writeFileAtomically(path, rows);
    return openExposureLog(path);
  };
  let exposures = begin(rows);
  const outcomes = (answer: ServedAnswer): ServedAnswer => {
    for (const { unit, moment, value } of answer.outcomes ?? []) exposures.outcome(unit, moment, value);
    return answer;
  };
  const forget = (unit: string): Forgotten => {
    if (system.forget === undefined) throw nothingByPerson(place);
    return { entries: system.forget(unit), exposures: exposures.forget(unit) };
  };
  const shown = (unit: string, arm: string, moment: number): void => void exposures.expose(unit, arm, moment);
  return {
    get system() {
      return system;
    },
    set system(next) {
      system = next;
    },
    get exposures() {
      return exposures;
    },
    outcomes,
    shown,
    forget,
    take(given) {
      const entry = readEntry(given);
      if (entry !== undefined && "forget" in entry) forget(entry.forget);
      else if (entry !== undefined && "shown" in entry) shown(...entry.shown);
      else if (entry !== undefined) {
        const endpoint = system.endpoints.find((one) => one.path === entry.path && one.remembers);
        if (endpoint === undefined) throw otherLog(place);
        outcomes(endpoint.answer(entry.body, unhurried(Number.NaN, -1, keptArrival(entry))));
      } else throw otherLog(place);
    },
    save() {
      const writer = new ByteWriter();
      const saved = system.save();
      writer.number(saved.length);
      writer.bytes(saved);
      const shownRows = existsSync(path) ? readFileSync(path) : new Uint8Array();
      writer.number(shownRows.length);
      writer.bytes(shownRows);
      return writer.finish();
    },
    restore(snapshot) {
      const reader = new ByteReader(snapshot);
      system.restore(reader.bytes(reader.number()));
      exposures = begin(reader.bytes(reader.number()));
    },
  };
}

/** Undefined for what is no entry of this version. */
function readEntry(given: unknown): SharedEntry | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  if ("forget" in given && typeof given.forget === "string") return { forget: given.forget };
  if ("shown" in given && Array.isArray(given.shown)) {
    const [unit, arm, moment] = given.shown;
    return typeof unit === "string" && typeof arm === "string" ? { shown: [unit, arm, Number(moment)] } : undefined;
  }
  if (!("path" in given) || typeof given.path !== "string" || !("body" in given)) return undefined;
  return { path: given.path, body: given.body, ...readArrival(given) };
}

function otherLog(place: string): FailureError {
  return new FailureError({
    code: "other-log",
    message: "an entry of the log is none that this system takes",
    where: place,
    fix: "serve it with the note and the version that wrote it",
  });
}
