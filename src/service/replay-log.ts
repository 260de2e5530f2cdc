/** The entries of a service's log, and a system brought back by them: answered again, or told again where a tally stands behind them. */

import { FailureError } from "../core/outcome.ts";
import type { Recoverable } from "../node/log-files.ts";
import { readArrival, type ServedEndpoint, type ServedSystem, type Turn, unhurried } from "../system/served-system.ts";

/** Entries between two tallies at most. */
export const BETWEEN_TALLIES = 128;

/** An entry, of which nothing is believed. */
interface Entry {
  readonly path?: unknown;
  readonly body?: unknown;
  readonly arrived?: unknown;
  readonly until?: unknown;
  /** The model that took over. */
  readonly model?: unknown;
  /** What the system's answers had come to before this entry. */
  readonly tally?: unknown;
}

/**
 * A system as a log brings it back; `folder` is said in errors. Where the system can be told, entries wait for the tally behind them, and are answered
 * where there is none; `settle` answers those at the end. `isOfOthers`: entries may have been told to a system with other features.
 */
export function recoverable(system: () => ServedSystem, folder: string, isOfOthers = false): Recoverable {
  let waiting: Entry[] = [];
  const act = (entry: Entry): void => replay(system(), entry, folder, isOfOthers);
  const answerAll = (): void => {
    const entries = waiting;
    waiting = [];
    for (const entry of entries) act(entry);
  };
  return {
    save: () => system().save(),
    restore: (snapshot) => system().restore(snapshot),
    replay(given) {
      const entry = partsOf(given);
      const { retelling } = system();
      if (retelling === undefined || isOfOthers) {
        act(entry);
        return;
      }
      if (entry.tally !== undefined) {
        retelling.hurry(true);
        retelling.expect(entry.tally);
        for (const one of waiting) tellAgain(system(), one, folder);
        retelling.recount(entry.tally);
        waiting = [];
      }
      waiting.push(entry);
      // What an earlier version wrote has no tallies.
      if (waiting.length > BETWEEN_TALLIES) act(waiting.splice(0, 1)[0]);
    },
    settle() {
      // What is answered reads what was told.
      system().retelling?.hurry(false);
      answerAll();
    },
  };
}

/** `count` is called for each request, and not for where a model took over. */
export function counted(kept: Recoverable, count: () => void): Recoverable {
  return {
    ...kept,
    replay(entry) {
      kept.replay(entry);
      if (partsOf(entry).model === undefined) count();
    },
  };
}

function replay(system: ServedSystem, entry: Entry, folder: string, isOfOthers: boolean): void {
  const { body, model } = entry;
  if (model !== undefined) {
    system.disownAnswers?.();
    return;
  }
  const endpoint = endpointOf(system, entry, folder);
  const known = isOfOthers ? endpoint.recall?.(body) : body;
  if (isOfOthers) checkTold(endpoint, known ?? body, folder);
  endpoint.answer(known ?? body, turnOf(entry));
}

function tellAgain(system: ServedSystem, entry: Entry, folder: string): void {
  const endpoint = entry.model === undefined ? endpointOf(system, entry, folder) : undefined;
  if (endpoint?.remember === undefined) replay(system, entry, folder, false);
  else endpoint.remember(entry.body, turnOf(entry));
}

function turnOf(entry: Entry): Turn {
  return unhurried(Number.NaN, -1, readArrival(entry));
}

function endpointOf(system: ServedSystem, { path }: Entry, folder: string): ServedEndpoint {
  const endpoint = system.endpoints.find((one) => one.path === path && one.remembers);
  if (endpoint !== undefined) return endpoint;
  throw new FailureError({
    code: "other-log",
    message: "an entry of the log is none that this system takes",
    where: folder,
    fix: "open it with the note and the version that wrote it",
  });
}

/** What features read that were not there when it was told, nobody knows afterwards. */
function checkTold({ path, request }: ServedEndpoint, body: unknown, folder: string): void {
  const read = request.safeParse(body);
  if (read.success) return;
  const [issue] = read.error.issues;
  throw new FailureError({
    code: "told-too-little",
    message: `a request to ${path} in its log does not hold what is read of it: ${issue.path.join(".")}: ${issue.message}`,
    where: folder,
  });
}

function partsOf(entry: unknown): Entry {
  return typeof entry === "object" && entry !== null ? entry : {};
}
