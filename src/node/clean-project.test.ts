import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { cleanProject } from "./clean-project.ts";
import { exchangeFile, removeLeft } from "./spark/exchange-folder.ts";

const HOUR = 3_600_000;
let root = "";

function file(path: string, bytes: number, hours: number): void {
  const folder = join(root, path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "content"), "x".repeat(bytes));
  const then = new Date(Date.now() - hours * HOUR);
  utimesSync(folder, then, then);
}

beforeEach(() => {
  root = temporaryFolder();
  file(`.heptad/cache/${"a".repeat(64)}`, 100, 48);
  file(`.heptad/cache/${"b".repeat(64)}`, 10, 1);
  file(".heptad/cache/mine", 1000, 100);
  file("runs/feed/0123456789ab", 200, 48);
  file("runs/feed/notes of mine", 1000, 100);
  symlinkSync("0123456789ab", join(root, "runs", "feed", "latest"));
  file("history", 50, 100);
});

describe("cleaning", () => {
  it("says what would go and leaves it", () => {
    const options = { runs: true, olderThan: Date.now(), dry: true };
    expect(cleanProject(root, options)).toEqual({ results: 2, runs: 1, left: 0, bytes: 310 });
    expect(cleanProject(root, options)).toEqual({ results: 2, runs: 1, left: 0, bytes: 310 });
  });

  it("removes results, reports only where asked, and never what carries another name", () => {
    expect(cleanProject(root, { runs: false, olderThan: Date.now(), dry: false })).toEqual({
      results: 2,
      runs: 0,
      left: 0,
      bytes: 110,
    });
    expect(readdirSync(join(root, ".heptad", "cache"))).toEqual(["mine"]);
    expect(readdirSync(join(root, "runs", "feed")).sort()).toEqual(["0123456789ab", "latest", "notes of mine"]);
    cleanProject(root, { runs: true, olderThan: Date.now(), dry: false });
    expect(readdirSync(join(root, "runs", "feed"))).toEqual(["notes of mine"]);
    expect(existsSync(join(root, "history", "content"))).toBe(true);
  });

  it("keeps what was used since", () => {
    const gone = cleanProject(root, { runs: true, olderThan: Date.now() - 24 * HOUR, dry: false });
    expect(gone).toEqual({ results: 1, runs: 1, left: 0, bytes: 300 });
    expect(readdirSync(join(root, ".heptad", "cache")).sort()).toEqual(["b".repeat(64), "mine"]);
  });

  it("follows no link out of the project, and finds nothing to do in an empty one", () => {
    const elsewhere = temporaryFolder();
    symlinkSync(join(root, "runs"), join(elsewhere, "runs"));
    mkdirSync(join(elsewhere, ".heptad"));
    symlinkSync(join(root, ".heptad", "cache"), join(elsewhere, ".heptad", "cache"));
    expect(cleanProject(elsewhere, { runs: true, olderThan: Date.now(), dry: false })).toEqual({
      results: 0,
      runs: 0,
      left: 0,
      bytes: 0,
    });
    expect(cleanProject(temporaryFolder(), { runs: true, olderThan: Date.now(), dry: false }).results).toBe(0);
  });

  it("leaves files of others that lie where an engine reads, however old", () => {
    const folder = join(root, ".heptad", "engine");
    mkdirSync(folder);
    const then = new Date(Date.now() - 30 * 24 * HOUR);
    const names = [
      "orders-1-20240101.parquet",
      "part-00000.parquet",
      "sales-2024.parquet",
      "sales-2024.parquet.1.part",
    ];
    for (const name of names) {
      writeFileSync(join(folder, name), "rows");
      utimesSync(join(folder, name), then, then);
    }
    removeLeft(folder);
    expect(cleanProject(root, { runs: false, olderThan: Date.now() + HOUR, dry: false }).left).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(names);
  });

  it("removes what ended runs handed to an engine, and nothing that a run may still read", () => {
    const folder = join(root, ".heptad", "engine");
    mkdirSync(folder);
    const [own, mine] = [exchangeFile(folder, "cases"), join(folder, "mine.parquet")];
    // No process has the number: it is larger than any that a system gives.
    const ended = own.replace(`-${process.pid}-`, "-999999999-");
    const half = `${ended}.999999999.part`;
    const elsewhere = ended.replace(/[0-9a-f]{8}\.parquet$/u, "00000000.parquet");
    for (const path of [own, mine, ended, half, elsewhere]) writeFileSync(path, "rows");
    const options = { runs: false, olderThan: Date.now() + HOUR, dry: true };
    expect(cleanProject(root, options)).toMatchObject({ left: 2, bytes: 118 });
    cleanProject(root, { ...options, dry: false });
    expect(readdirSync(folder).sort()).toEqual([own, mine, elsewhere].map((path) => basename(path)).sort());
    const then = new Date(Date.now() - 8 * 24 * HOUR);
    utimesSync(elsewhere, then, then);
    expect(cleanProject(root, options).left).toBe(1);
  });
});
