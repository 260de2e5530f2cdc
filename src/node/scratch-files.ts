/** Scratch files: where they lie, and files of bytes for what is larger than the memory it may take. */

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FailureError } from "../core/outcome.ts";
import type { Scratch, ScratchFile } from "../system/environment.ts";
import { isAlive, processPlace } from "./process-alive.ts";

let folder: string | undefined;
let written = 0;

/** Whose a folder is stands in its name. */
const OWNED = /^heptad-scratch-(?<pid>\d+)-(?<place>[0-9a-f]{8})-/u;

/** A place for a new file in this process's own folder, which goes when it ends, or with the next run where it was killed. Throws a `FailureError` where there can be none. */
export function scratchPath(name: string): string {
  folder ??= makeScratchFolder(tmpdir());
  return join(folder, `${++written}-${name.replaceAll(/[^\w.-]+/gu, "_").slice(-60)}`);
}

/** A new folder of this process `within` another, from which goes what killed processes left. Throws a `FailureError` where there can be none. */
export function makeScratchFolder(within: string): string {
  try {
    removeLeft(within);
    const made = mkdtempSync(join(within, `heptad-scratch-${process.pid}-${processPlace()}-`));
    process.once("exit", () => rmSync(made, { recursive: true, force: true }));
    return made;
  } catch (error) {
    throw cannotWrite(within, error);
  }
}

/** Folders of processes that ended without a word. Best effort: what another user left is theirs to remove. */
function removeLeft(within: string): void {
  for (const entry of readdirSync(within, { withFileTypes: true })) {
    const owner = OWNED.exec(entry.name)?.groups;
    if (owner === undefined || !entry.isDirectory()) continue;
    if (owner.place !== processPlace() || isAlive(Number(owner.pid))) continue;
    try {
      rmSync(join(within, entry.name), { recursive: true, force: true });
    } catch {
      // The next run tries again.
    }
  }
}

/** What is said where the disk does not take a scratch file. */
export function cannotWrite(path: string, error: unknown): FailureError {
  return new FailureError({
    code: "cannot-write",
    message: `a scratch file cannot be written (${error instanceof Error ? error.message : String(error)})`,
    where: path,
    fix: "make room in the folder for temporary files, or set TMPDIR to another",
  });
}

/** Bytes of one call: Node's end at 2 GiB. */
const PIECE = 2 ** 30;

export function createScratch(piece = PIECE): Scratch {
  return {
    async open(name) {
      const path = scratchPath(name);
      try {
        const file = await open(path, "w+");
        // Where the system allows it, a name less: the bytes then go with the process even if it is killed.
        await rm(path).catch(() => undefined);
        return fileAt(path, file, piece);
      } catch (error) {
        throw cannotWrite(path, error);
      }
    },
  };
}

function fileAt(path: string, file: FileHandle, piece: number): ScratchFile {
  let end = 0;
  return {
    async append(bytes) {
      // One call may write less than it is given.
      for (let done = 0; done < bytes.length; ) {
        try {
          const { bytesWritten } = await file.write(bytes, done, Math.min(piece, bytes.length - done), end);
          done += bytesWritten;
          end += bytesWritten;
        } catch (error) {
          throw cannotWrite(path, error);
        }
      }
    },
    async read(at, into) {
      for (let done = 0; done < into.length; ) {
        const { bytesRead } = await file.read(into, done, Math.min(piece, into.length - done), at + done);
        if (bytesRead === 0) throw new Error(`${path} ends at byte ${at + done} of the ${at + into.length} asked for`);
        done += bytesRead;
      }
    },
    async remove() {
      await file.close();
      await rm(path, { force: true });
    },
  };
}
