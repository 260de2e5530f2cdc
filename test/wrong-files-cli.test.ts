import { spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const PROGRAM = join(import.meta.dirname, "..", "bin", "heptad.js");
const FIXTURE = join(import.meta.dirname, "fixtures", "small-recommendation.md");
const isWindows = process.platform === "win32";

let folder = "";
beforeEach(() => {
  folder = temporaryFolder();
  copyFileSync(FIXTURE, join(folder, "good.md"));
});

const here = (...args: string[]) => heptadHere(folder, args);

/** In a process of its own, which is ended where it waits for ever. */
function heptad(args: readonly string[], stdout: "pipe" | number = "pipe") {
  const ran = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    encoding: "utf8",
    timeout: 30_000,
    stdio: ["ignore", stdout, "pipe"],
  });
  return { ...ran, stdout: String(ran.stdout) };
}

/** One failure for people: no trace, a place or none, a way out. */
function expectFailure({ stderr, status }: { stderr: string; status: number | null }, code: string): void {
  expect(stderr).toMatch(new RegExp(`^error\\[${code}\\] `, "mu"));
  expect(stderr).toMatch(/^ {2}fix: /mu);
  expect(stderr).not.toMatch(/^\s+at /mu);
  expect(status).toBe(2);
}

describe("wrong files", () => {
  it("end no call: of three notes the Latin-1 one and the removed one are findings, and no byte of them changes", async () => {
    const bytes = Buffer.concat([readFileSync(FIXTURE), Buffer.from("caf\xe9\n", "latin1")]);
    writeFileSync(join(folder, "latin.md"), bytes);
    const { stdout, status } = await here("check", ".", "--fix", "--format", "github");
    expect(status).toBe(1);
    expect(stdout).toMatch(/file=latin\.md,.*not UTF-8/u);
    expect(readFileSync(join(folder, "latin.md"))).toEqual(bytes);
    expectFailure(await here("run", "latin.md", "--record"), "not-utf-8");
  });

  it("nested 3,000 levels deep are a finding, and the other notes are reviewed", () => {
    const deep = `goal: ${"{a: ".repeat(800)}1${"}".repeat(800)}`;
    const inline = `goal: {${"a: ".repeat(1500)}1}`;
    for (const [at, facts] of [deep, inline].entries())
      writeFileSync(
        join(folder, `deep${at}.md`),
        `---\nheptad: 1\ntitle: Deep\nsystem: x\n---\n\n## 1. Clarify\n\n\`\`\`yaml\n${facts}\n\`\`\`\n`,
      );
    const { stdout, stderr, status } = heptad(["check", ".", "--json"]);
    expect(stderr).toBe("");
    expect(status).toBe(1);
    for (const name of ["deep0.md", "deep1.md", "good.md"]) expect(stdout).toContain(name);
  });

  it.skipIf(isWindows)("that are pipes and devices are refused by their kind, as note, settings or data", () => {
    spawnSync("mkfifo", [join(folder, "pipe.md")]);
    expectFailure(heptad(["run", "pipe.md"]), "not-a-file");
    expectFailure(heptad(["run", "/dev/zero"]), "not-a-file");
    expectFailure(heptad(["run", "good.md", "--data", "pipe.md"]), "not-a-file");
    // Nobody ever writes to the pipe: whoever opens it as a file waits for ever.
    expectFailure(heptad(["estimate", "pipe.md"]), "not-a-file");
    expectFailure(heptad(["interview", "--compare", "pipe.md", "pipe.md"]), "not-a-file");
    mkdirSync(join(folder, "sub"));
    spawnSync("mkfifo", [join(folder, "sub", "heptad.yaml")]);
    copyFileSync(FIXTURE, join(folder, "sub", "note.md"));
    expectFailure(heptad(["run", join("sub", "note.md")]), "not-a-file");
  });

  it("where folders are due are said before anything is computed", async () => {
    for (const name of [".heptad", "runs"]) {
      folder = temporaryFolder();
      copyFileSync(FIXTURE, join(folder, "good.md"));
      writeFileSync(join(folder, name), "a file");
      const ran = await here("run", "good.md");
      expectFailure(ran, "eexist");
      expect(ran.stderr).not.toContain("step");
    }
  });

  it.skipIf(process.platform !== "linux")(
    "a full disk takes no output: one line and 2, where a trace came with 7",
    () => {
      const full = openSync("/dev/full", "w");
      for (const args of [["check", "good.md"], ["--help"], ["explain", "HP306"]])
        expectFailure(heptad(args, full), "unwritable-output");
    },
  );

  it.skipIf(isWindows)("a file name with a line end begins no line of its own", async () => {
    const name = "a\n::set-output name=x::y.md";
    appendFileSync(join(folder, name), "# no design\n");
    for (const format of ["text", "github"]) {
      const { stdout } = await here("check", name, "--format", format);
      expect(stdout).not.toMatch(/^::set-output/mu);
    }
  });

  it("a thousand threads are refused with the sum that shows it", async () => {
    const ran = await here("run", "good.md", "--threads", "1024");
    expectFailure(ran, "bad-option");
    expect(ran.stderr).toMatch(/1024 x 30 MB = 31 GB/u);
  });

  it("a note is never written over, and a folder that cannot be made is said", async () => {
    expectFailure(await here("new", join("good.md", "x")), "eexist");
    expect((await here("new", "./fresh.md")).status).toBe(0);
    const ran = await here("new", "./fresh.md");
    expectFailure(ran, "file-exists");
    expect(readFileSync(join(folder, "fresh.md"), "utf8").length).toBeGreaterThan(1000);
  });
});

it("cleans no project by a name that is none of its folders", async () => {
  const root = temporaryFolder();
  writeFileSync(join(root, "heptad.yaml"), "");
  for (const name of ["nope/typo", "heptad.yaml"]) {
    const { status, stderr } = await heptadHere(root, ["clean", name, "--dry-run"]);
    expect(stderr, name).toContain("error[no-such-folder]");
    expect(status).toBe(2);
  }
  expect((await heptadHere(root, ["clean", "--dry-run"])).status).toBe(0);
});
