/** Where a note's service keeps what it is told: whoever starts it with another store is told so, and passes over nothing without knowing. */

import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { shellWord } from "../../core/shell-word.ts";
import { writeFileAtomically } from "../../node/atomic-write.ts";
import { REACHED, SNAPSHOT } from "../../node/log-files.ts";
import { readReached } from "../../node/reached-mark.ts";
import { FORMAT, readKept } from "../kept-json.ts";
import type { ServiceFolder } from "../service-folder.ts";
import { readBeginning } from "./log-beginning.ts";
import type { ServiceStore } from "./service-store.ts";

/** Where services share what they are told, and since when those of this folder do. */
interface SharedPlace {
  readonly place: string;
  readonly since: string;
}

type Folder = Pick<ServiceFolder, "path" | "events" | "exposures">;

const NAME = "kept-in.json";
const schema = z.looseObject({ format: z.literal(FORMAT), place: z.string(), since: z.string() });
/** Bytes of a file of exposures without any. */
const NO_EXPOSURES = "unit,arm,time,value\n".length;

function readSharedPlace({ path }: Folder): SharedPlace | undefined {
  const where = join(path, NAME);
  if (!existsSync(where)) return undefined;
  const fix = `remove ${where} where this folder's own files shall be gone on with`;
  return readKept(readFileSync(where, "utf8"), schema, {
    code: "damaged-place",
    message: "where the service keeps what it is told cannot be read",
    where,
    fix,
  });
}

/** Notes where what this folder's service is told is kept from now on; undefined for its own files. */
export function notePlace(folder: Folder, place: string | undefined, now: () => Date = () => new Date()): void {
  const path = join(folder.path, NAME);
  if (place === undefined) rmSync(path, { force: true });
  else if (readSharedPlace(folder)?.place !== place)
    writeFileAtomically(path, JSON.stringify({ format: FORMAT, place, since: now().toISOString() }, null, 2));
}

/** Whether files hold anything that a service was told, or noted itself. */
export function isToldInFiles({ events, exposures }: Folder): boolean {
  const reached = readReached(join(events, REACHED));
  const shown = existsSync(exposures) ? statSync(exposures).size : 0;
  // What was taken over lies in the snapshot alone, and nothing says with which data its log began.
  const isTakenOver = existsSync(join(events, SNAPSHOT)) && readBeginning(events) === undefined;
  return (reached !== undefined && reached !== 0) || shown > NO_EXPOSURES || isTakenOver;
}

/** What else is kept than what a store holds, for people; undefined where there is nothing. */
export function saidElsewhere(folder: Folder, isShared: boolean): string | undefined {
  const shared = readSharedPlace(folder);
  if (isShared)
    return isToldInFiles(folder)
      ? `${folder.path} holds what a service was told that kept it in files: the same command without --nats is about that`
      : undefined;
  return shared === undefined
    ? undefined
    : `since ${dayOf(shared)} what the service is told is kept in NATS at ${shared.place}: the same command with --nats is about that`;
}

/** Throws a `FailureError` where something was told elsewhere that the store does not hold, with the ways on. `command` is how it was started. */
export async function refuseLoss(
  store: Pick<ServiceStore, "holds">,
  folder: Folder,
  isShared: boolean,
  path: string,
): Promise<void> {
  const command = `heptad serve ${shellWord(path)}`;
  const shared = readSharedPlace(folder);
  if (isShared) {
    // Once it was decided what becomes of the files, that stands.
    if (shared !== undefined || !isToldInFiles(folder)) return;
    const holds = await store.holds();
    throw new FailureError({
      code: "kept-elsewhere",
      message: holds
        ? "this folder holds what a service was told that kept it in files, NATS what others were told, and the two cannot be put together"
        : "this folder holds what a service was told that kept it in files: those that share NATS would begin without it",
      where: folder.path,
      fix: holds
        ? "go on with what is in NATS, and leave the files as they are, with --anew; or name a folder of its own with --state"
        : "take it over with --import files; or leave it as it is, and begin with what the data hold, with --anew",
    });
  }
  if (shared === undefined) return;
  throw new FailureError({
    code: "kept-elsewhere",
    message: `since ${dayOf(shared)} what this service is told is kept in NATS at ${shared.place}: files would go on without it`,
    where: folder.path,
    fix: `go on there: ${command} --nats URL; take it over into files: ${command} --import URL${isToldInFiles(folder) ? " --anew, which removes what the files hold from before" : ""}; or begin with what the data hold: ${command} --anew`,
  });
}

function dayOf({ since }: SharedPlace): string {
  return since.slice(0, 10);
}
