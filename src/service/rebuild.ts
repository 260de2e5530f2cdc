/** Builds what a service remembers again where its snapshot is of other features: from the data that its log began with, and all of the log. */

import { FailureError } from "../core/outcome.ts";
import { type FolderSystem, openDurableSystem, type SnapshotHabit } from "./durable-system.ts";
import { readBeginning, whyNotFrom } from "./store/log-beginning.ts";
import type { OfferedBeginning } from "./store/service-store.ts";

export function isOfOtherFeatures(error: unknown): error is FailureError {
  return error instanceof FailureError && error.failure.code === "other-state";
}

/** Throws a `FailureError` that says how to go on where data and log do not suffice; the folder is as it was then. */
export async function rebuild(
  folder: string,
  beginning: OfferedBeginning,
  habit: SnapshotHabit = {},
): Promise<FolderSystem> {
  const was = readBeginning(folder);
  const refuse = (why: string): never => {
    throw new FailureError({
      code: "other-state",
      message: `what is remembered is of other features or other data than model ${beginning.model}, and cannot be built again: ${why}`,
      where: folder,
      fix: beginning.waysOn(was?.model),
    });
  };
  const why = whyNotFrom(was, beginning);
  if (why !== undefined || was === undefined) return refuse(why ?? "");
  const system = await beginning.open(was.begin);
  if ((Number.isFinite(system.newest) ? system.newest : null) !== was.newest)
    return refuse("what was known of the data at first ended at another moment");
  try {
    return openDurableSystem(folder, system, { ...habit, onRetold: beginning.onRebuilt });
  } catch (error) {
    if (error instanceof FailureError && NOT_ENOUGH.has(error.failure.code)) return refuse(error.failure.message);
    throw error;
  }
}

/** Of a log of which a part is not kept, or that does not hold what is read. */
const NOT_ENOUGH = new Set(["damaged-log", "told-too-little", "other-log"]);
