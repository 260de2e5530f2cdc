/** Whose that is which services of a note share in NATS: notes of one name in two projects would else take each other's for their own. */

import type { KV } from "@nats-io/kv";
import { type KeptOwner, ownerText, readOwner, refuseOther, type StateOwner } from "../state-owner.ts";
import { type Nats, untilAnswered } from "./nats-connection.ts";

const OWNER = "owner";
const FIX =
  "give each project an account of its own at NATS, or one of the notes another file name; where it is the same note, of another kind since, give it another name";

/** Throws a `FailureError` where it is another note's. What says nothing is taken as the note's own. */
export async function refuseOthersShare(nats: Nats, keys: KV, own: StateOwner): Promise<void> {
  const kept = await untilAnswered(() => read(nats, keys), nats.place);
  if (kept !== undefined) refuseOther(kept, own, nats.place, FIX);
}

/** The first that asks decides for all. */
export async function claimShared(nats: Nats, keys: KV, own: StateOwner): Promise<void> {
  const { note, kind } = own;
  const kept = await untilAnswered(async () => {
    const there = await read(nats, keys);
    if (there === undefined && kind !== undefined) await keys.create(OWNER, ownerText({ note, kind }));
    return there;
  }, nats.place);
  if (kept !== undefined) refuseOther(kept, own, nats.place, FIX);
}

async function read(nats: Nats, keys: KV): Promise<KeptOwner | undefined> {
  const entry = await keys.get(OWNER);
  return entry?.operation === "PUT" ? readOwner(entry.string(), nats.place, FIX) : undefined;
}
