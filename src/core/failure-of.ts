/** Makes a failure for people of anything that was thrown: the system's own errors by their code, the rest as a fault of the program. */

import { type Failure, FailureError } from "./outcome.ts";

const RIGHTS = "give yourself the right to it, or work on a copy in a folder of your own";

/** What the system says, and what to do about it. */
const REASONS: Readonly<Record<string, readonly [message: string, fix: string]>> = {
  ENOENT: ["there is no such file or folder", "check the path; it may have been removed in between"],
  ENOTDIR: ["a part of the path is a file where a folder is due", "move the file away, or name another path"],
  EISDIR: ["a folder stands where a file is due", "move the folder away, or name another path"],
  EEXIST: ["something of this name is there already", "move it away, or name another path"],
  ENOTEMPTY: ["the folder is not empty", "look at what is in it; another process may be writing there"],
  EACCES: ["the system does not allow it", RIGHTS],
  EPERM: ["the system does not allow it", RIGHTS],
  EROFS: ["the disk is read-only", "work on a copy on a disk that can be written to"],
  ENOSPC: ["no space is left on the disk", "make room and do it again: what was finished is kept"],
  EDQUOT: ["your share of the disk is used up", "make room and do it again: what was finished is kept"],
  EIO: ["the disk reports an error", "check the disk; copy what matters first"],
  EMFILE: ["too many files are open", "raise the limit (`ulimit -n`) or end other programs"],
  ENFILE: ["too many files are open on this machine", "end other programs"],
  ELOOP: ["the symbolic links lead in a circle", "mend the link"],
  ENAMETOOLONG: ["the name is too long", "choose a shorter one"],
  EBUSY: ["another program holds it", "end that program and do it again"],
  EAGAIN: [
    "the system has nothing left to give: processes, threads or memory",
    "end other programs, or give --threads 1",
  ],
  ENOMEM: ["there is not enough memory", "end other programs, or give it less at a time"],
  ERR_WORKER_OUT_OF_MEMORY: ["there is not enough memory", "give it less data at a time, or fewer threads"],
  ERR_WORKER_INIT_FAILED: ["a thread could not be started", "give --threads 1"],
  ERR_FS_FILE_TOO_LARGE: ["the file is too large to be read as a whole", "name a smaller one"],
};

/** Never throws. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const code = textOf(error, "code");
  const reason = REASONS[code];
  if (reason !== undefined) {
    const paths = [textOf(error, "path"), textOf(error, "dest")].filter((one) => one !== "");
    const named = [...new Set(paths.map(meantBy))].join(" → ");
    const what =
      paths.some((path) => meantBy(path) !== path) || textOf(error, "syscall") === "access"
        ? "the file cannot be written: "
        : textOf(error, "syscall") === "mkdir"
          ? "the folder cannot be made: "
          : "";
    return {
      code: code.toLowerCase(),
      message: `${what}${reason[0]}`,
      where: named === "" ? undefined : named,
      fix: reason[1],
    };
  }
  if (error instanceof RangeError && /allocation|array length|array buffer/iu.test(error.message)) {
    return {
      code: "out-of-memory",
      message: "there is not enough memory for this",
      fix: "give it less data at a time",
    };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message.split("\n")[0]}` : String(error);
  return {
    code: "internal",
    message: `this is a fault of heptad itself (${message})`,
    where: error instanceof Error ? firstFrame(error) : undefined,
    fix: "please report it with this line; HEPTAD_TRACE=1 in the environment shows the whole trace",
  };
}

/** Files are written under a name of the moment beside the one that is meant (`.note.md.4711.3dd1d0d7.tmp`): nobody knows that name. */
function meantBy(path: string): string {
  return path.replace(/(?<=^|[\\/])\.(?<name>[^\\/]+)\.\d+\.[0-9a-f]{8}\.tmp$/u, "$<name>");
}

function textOf(error: unknown, key: "code" | "path" | "dest" | "syscall"): string {
  if (typeof error !== "object" || error === null) return "";
  const value = Object.entries(Object.getOwnPropertyDescriptors(error)).find(([name]) => name === key)?.[1].value;
  return typeof value === "string" ? value : "";
}

/** Where it was thrown, without the folders above the program. */
function firstFrame(error: Error): string | undefined {
  const frame = error.stack?.split("\n").find((line) => /^\s+at /u.test(line));
  return frame?.trim().replace(/(?:file:\/\/)?[^\s(]*\/(?=(?:dist|src|node_modules)\/)/u, "");
}
