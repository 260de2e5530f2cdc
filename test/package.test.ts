import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runRecordSchema } from "../src/system/run-record.ts";
import { packageProblems, undeclaredImports } from "../tools/check-package.mjs";
import { npmCommand } from "../tools/npm-command.mjs";
import { temporaryFolder } from "./temporary-folder.ts";

const ROOT = join(import.meta.dirname, "..");
const FIXTURE = join(import.meta.dirname, "fixtures", "small-recommendation.md");

let packed: { filename: string; size: number; files: readonly { path: string }[] };
let program = "";
let folder = "";

/** Packs, and installs as `npm install heptad-X.tgz` does, with the declared dependencies reachable and nothing else of this checkout. */
beforeAll(() => {
  const home = temporaryFolder();
  const [npm, before] = npmCommand();
  const ran = spawnSync(npm, [...before, "pack", "--json", "--ignore-scripts", "--pack-destination", home], {
    cwd: ROOT,
    encoding: "utf8",
  });
  [packed] = JSON.parse(ran.stdout);
  const modules = join(home, "node_modules");
  mkdirSync(modules);
  expect(spawnSync("tar", ["-xzf", join(home, packed.filename), "-C", home]).status).toBe(0);
  spawnSync(process.execPath, ["-e", "require('fs').renameSync('package', 'node_modules/heptad')"], { cwd: home });
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name), "junction");
  }
  const { bin } = JSON.parse(readFileSync(join(modules, "heptad", "package.json"), "utf8"));
  program = join(modules, "heptad", bin.heptad);
  folder = join(home, "empty folder");
  mkdirSync(folder);
});

function heptad(args: readonly string[], input = "") {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8", input, env });
}

describe("the package", () => {
  it("holds what the program reads and nothing else, in 12 MB, and declares what it imports", () => {
    expect(packageProblems(packed)).toEqual([]);
    expect(undeclaredImports()).toEqual([]);
    expect(packageProblems({ files: [{ path: "test/x.test.ts" }], size: 13e6 }).join("\n")).toMatch(
      /build-stamp[\s\S]*does not belong[\s\S]*12000000/u,
    );
  });

  it("is built of packages that are known by their content: 14 of the lock file had no integrity", () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
    const entries = Object.entries<{ integrity?: string; link?: boolean }>(packages).filter(([path]) => path !== "");
    expect(entries.length).toBeGreaterThan(400);
    for (const [path, { integrity, link = false }] of entries)
      expect(link || /^sha512-/u.test(integrity ?? ""), path).toBe(true);
  });

  it("takes a stranger from an empty folder to a reviewed note, a run, a graded question and an interview", () => {
    const written = heptad(["new", "podcasts", "--from", "movie-recommendations", "--json"]);
    expect(written.stderr).toBe("");
    const note: string = JSON.parse(written.stdout).path;
    const checked = heptad(["check", note, "--json"]);
    expect(checked.stderr).toBe("");
    expect(checked.status).toBe(0);

    writeFileSync(join(folder, "small.md"), readFileSync(FIXTURE));
    const ran = heptad(["run", "small.md", "--threads", "2", "--json"]);
    expect(ran.stderr).toBe("");
    const record = runRecordSchema.parse(JSON.parse(ran.stdout));
    expect(new Set(record.steps.map(({ step }) => step)).size).toBe(7);
    expect(existsSync(join(folder, "runs", "small", "latest", "report.html"))).toBe(true);

    const practised = heptad(["practice", "embedding-table-size", "--json"], "25.6 GB @80\n");
    expect(practised.stderr).toBe("");
    expect(practised.stdout).toMatch(/"grade"|"credit"|"correct"/u);

    const listed = heptad(["interview", "--list"]);
    expect(listed.status).toBe(0);
    expect(listed.stdout).toContain("visual-search");
    const interviewed = heptad(["interview", "visual-search", "--json"], "How many images are there?\n");
    expect(interviewed.stdout.split("\n").length).toBeGreaterThan(1);
    expect(`${interviewed.stderr}`).not.toMatch(/^\s+at /mu);
  });

  it("explains rules, writes the schema and opens every command's help", () => {
    expect(heptad(["explain", "HP306"]).status).toBe(0);
    expect(JSON.parse(heptad(["schema"]).stdout)).toHaveProperty("$schema");
    const commands = readdirSync(join(dirname(program), "..", "dist", "src", "cli", "commands"));
    const names = commands.filter((name) => name.endsWith(".js")).map((name) => name.replace(".js", ""));
    expect(names.length).toBeGreaterThan(12);
    for (const name of names) expect(heptad([name, "--help"]).status, name).toBe(0);
  });
});
