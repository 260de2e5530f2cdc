/** Whose the state of a service is: the name and the kind of its note, kept beside it, so that no other note takes it for its own. */

import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { FailureError } from "../core/outcome.ts";
import { writeFileAtomically } from "../node/atomic-write.ts";
import { readTextFile } from "../node/read-text-file.ts";
import { parseDesign } from "../steps/design.ts";
import { FORMAT, readKept } from "./kept-json.ts";

export interface StateOwner {
  /** `designs/feed.md` is `feed`: its title, its words and the folder that it lies in may change. */
  readonly note: string;
  /** The kind of system; undefined where the note cannot be read. */
  readonly kind: string | undefined;
}

/** What is kept: the kind is known by then. */
export interface KeptOwner {
  readonly note: string;
  readonly kind: string;
}

const ownerSchema = z.looseObject({ format: z.literal(FORMAT), note: z.string(), kind: z.string() });

const NAME = "owner.json";

export function noteName(notePath: string): string {
  return basename(notePath).replace(/\.md$/iu, "");
}

export function ownerOf(notePath: string): StateOwner {
  const text = existsSync(notePath) ? readTextFile(notePath) : "";
  return { note: noteName(notePath), kind: parseDesign(text, notePath).design?.front.system };
}

export function ownerText({ note, kind }: KeptOwner): string {
  return JSON.stringify({ format: FORMAT, note, kind });
}

/** Throws a `FailureError` for what is not what was written. */
export function readOwner(text: string, where: string, fix: string): KeptOwner {
  const damaged = { code: "damaged-owner", message: "whose state this is cannot be read", where, fix };
  const { note, kind } = readKept(text, ownerSchema, damaged);
  return { note, kind };
}

/** Throws a `FailureError` where the state in this folder is another note's. One that says nothing is taken as the note's own. */
export function refuseOthersFolder(folder: string, own: StateOwner): void {
  const path = join(folder, NAME);
  if (!existsSync(path)) return;
  const remove = `remove ${path} where that is the same note under another name or of another kind`;
  const kept = readOwner(readFileSync(path, "utf8"), path, remove);
  refuseOther(kept, own, folder, `name the note that it is of, or a folder of its own with --state; ${remove}`);
}

/** Notes in the folder whose its state is, where that is not known yet. */
export function keepOwner(folder: string, own: StateOwner): void {
  refuseOthersFolder(folder, own);
  const path = join(folder, NAME);
  if (own.kind !== undefined && !existsSync(path))
    writeFileAtomically(path, ownerText({ note: own.note, kind: own.kind }));
}

/** Throws a `FailureError` where what is kept is of another note, or of another kind. */
export function refuseOther(kept: KeptOwner, own: StateOwner, where: string, fix: string): void {
  if (!isOther(kept, own)) return;
  throw new FailureError({
    code: "other-owner",
    message: `what is kept here is of the note ${sayOwner(kept)}, and this one is ${sayOwner(own)}`,
    where,
    fix,
  });
}

export function isOther(kept: KeptOwner, own: StateOwner): boolean {
  return kept.note !== own.note || (own.kind !== undefined && kept.kind !== own.kind);
}

export function sayOwner({ note, kind }: StateOwner): string {
  return kind === undefined ? `\`${note}\`` : `\`${note}\` (${kind})`;
}
