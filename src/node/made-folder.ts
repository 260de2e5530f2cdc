/** A folder that a command makes as a whole: beside its place first, then moved there; never over a folder that is somebody else's. */

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { temporaryName } from "./atomic-write.ts";
import { makeFolder } from "./make-folder.ts";

export interface MadeFolder {
  readonly out: string;
  /** The file that names a folder as ours to replace, and what stands in it. */
  readonly mark: { readonly name: string; readonly text: string };
  /** Who makes it, in messages: `heptad book`. */
  readonly maker: string;
  /** The option that named the folder. */
  readonly where: string;
}

/** Throws a `FailureError` for a folder that is in use and was not made by the same command. */
export function refuseForeignFolder({ out, mark, maker, where }: MadeFolder): void {
  const target = resolve(out);
  if (!existsSync(target)) return;
  if (existsSync(join(target, mark.name)) || readdirSync(target).length === 0) return;
  throw new FailureError({
    code: "folder-in-use",
    message: `${out} is there and was not made by ${maker}`,
    where,
    fix: "name a folder that is not there, or an older one of the same command",
  });
}

/** `write` fills a folder beside the target; interrupted or failed, the old one stands. */
export async function writeMadeFolder<T>(order: MadeFolder, write: (folder: string) => Promise<T>): Promise<T> {
  refuseForeignFolder(order);
  const target = resolve(order.out);
  makeFolder(dirname(target));
  const folder = temporaryName(target);
  try {
    mkdirSync(folder);
    const done = await write(folder);
    writeFileSync(join(folder, order.mark.name), order.mark.text);
    replaceFolder(folder, target);
    return done;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function replaceFolder(from: string, to: string): void {
  if (!existsSync(to)) {
    renameSync(from, to);
    return;
  }
  const old = temporaryName(to);
  renameSync(to, old);
  renameSync(from, to);
  rmSync(old, { recursive: true, force: true });
}
