import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { FailureError } from "../core/outcome.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { openHistoryLog } from "./history-folder.ts";
import { openInterviewLog } from "./interview-log.ts";
import { type OwnFolder, ownFolder, ownRunsFolder, refuseLinkOut } from "./own-folder.ts";

function places(): { root: string; outside: string; git: (...args: string[]) => void } {
  const [root, outside] = [temporaryFolder(), temporaryFolder()];
  const git = (...args: string[]): void => {
    execFileSync("git", args, { cwd: root, stdio: "ignore" });
  };
  git("init");
  return { root, outside, git };
}

function failureOf(claim: () => unknown): FailureError["failure"] | undefined {
  try {
    claim();
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  return undefined;
}

describe.skipIf(process.platform === "win32")("a folder that Heptad writes into", () => {
  it.each<OwnFolder>([".heptad", "runs"])("may be a link to another disk, where its user made it: %s", (name) => {
    const { root, outside } = places();
    symlinkSync(outside, join(root, name));
    expect(ownFolder(root, name)).toBe(join(root, name));
    expect(readdirSync(outside)).toEqual([".gitignore"]);
  });

  it.each<OwnFolder>([".heptad", "runs"])(
    "is refused as a link out of the project that git brought, and nothing is written: %s",
    (name) => {
      const { root, outside, git } = places();
      symlinkSync(outside, join(root, name));
      git("add", "-f", name);
      const failure = failureOf(() => ownFolder(root, name));
      expect(failure).toMatchObject({ code: "link-leads-out", where: join(root, name) });
      expect(failure?.message).toContain(outside);
      expect(readdirSync(outside)).toEqual([]);
      // What is said makes it one's own.
      const [, command = ""] = /: (git .*)$/u.exec(failure?.fix ?? "") ?? [];
      git(...command.split(" ").slice(1));
      expect(failureOf(() => ownFolder(root, name))).toBeUndefined();
    },
  );

  it("is claimed by practice and interviews too", () => {
    const { root, outside, git } = places();
    symlinkSync(outside, join(root, ".heptad"));
    git("add", "-f", ".heptad");
    expect(failureOf(() => openHistoryLog(root))?.code).toBe("link-leads-out");
    expect(failureOf(() => openInterviewLog(root, "20261130-100000"))?.code).toBe("link-leads-out");
    expect(readdirSync(outside)).toEqual([]);
  });

  it("may be brought as a link that stays within the project", () => {
    const { root, git } = places();
    mkdirSync(join(root, "kept"));
    symlinkSync("kept", join(root, "runs"));
    git("add", "-f", "runs");
    expect(failureOf(() => ownFolder(root, "runs"))).toBeUndefined();
  });

  it("is refused where a note's runs, one run, or what lies in `.heptad` leads out of it", () => {
    const { root, outside } = places();
    const runs = ownFolder(root, "runs");
    symlinkSync(outside, join(runs, "feed"));
    expect(failureOf(() => ownRunsFolder(root, "designs/feed.md"))).toMatchObject({ where: join(runs, "feed") });
    mkdirSync(join(runs, "ads"));
    symlinkSync(outside, join(runs, "ads", "0123456789ab"));
    expect(failureOf(() => ownRunsFolder(root, "designs/ads.md"))).toBeUndefined();
    expect(failureOf(() => refuseLinkOut(runs, join(runs, "ads", "0123456789ab")))?.code).toBe("link-leads-out");
    mkdirSync(join(root, ".heptad"));
    symlinkSync(outside, join(root, ".heptad", "cache"));
    expect(failureOf(() => ownFolder(root, ".heptad"))).toBeUndefined();
    symlinkSync(join(outside, "nothing"), join(root, ".heptad", "serve"));
    expect(failureOf(() => ownFolder(root, ".heptad"))).toMatchObject({ where: join(root, ".heptad", "serve") });
  });

  it("may hold a link to a place within it, and none to the folders above", () => {
    const { root } = places();
    const runs = ownFolder(root, "runs");
    mkdirSync(join(runs, "kept"));
    symlinkSync("kept", join(runs, "feed"));
    expect(failureOf(() => ownRunsFolder(root, "designs/feed.md"))).toBeUndefined();
    symlinkSync("..", join(runs, "ads"));
    expect(failureOf(() => ownRunsFolder(root, "designs/ads.md"))).toMatchObject({ where: join(runs, "ads") });
  });

  it("holds no file that is written through a link: the link is replaced, and what it led to stays", () => {
    const { root, outside } = places();
    writeFileSync(join(outside, "theirs"), "theirs");
    const ours = [
      join(root, ".heptad", "machine"),
      join(root, "runs", "feed", "0123456789ab", "run.json"),
      join(root, "runs", "feed", "sweep-01234567.html"),
      join(root, "runs", "feed", "tune.json"),
    ];
    for (const path of ours) {
      mkdirSync(join(path, ".."), { recursive: true });
      symlinkSync(join(outside, "theirs"), path);
      writeFileAtomically(path, "ours");
      expect([lstatSync(path).isSymbolicLink(), readFileSync(path, "utf8")]).toEqual([false, "ours"]);
    }
    // A project below a folder that happens to be called `runs`.
    const note = join(root, "runs", "project", "note.md");
    mkdirSync(join(note, ".."));
    symlinkSync(join(outside, "theirs"), note);
    expect(readFileSync(join(outside, "theirs"), "utf8")).toBe("theirs");
    writeFileAtomically(note, "edited");
    expect([lstatSync(note).isSymbolicLink(), readFileSync(join(outside, "theirs"), "utf8")]).toEqual([true, "edited"]);
    expect(existsSync(join(outside, ".gitignore"))).toBe(false);
  });
});
