import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { makeFolder } from "./make-folder.ts";

it("makes a folder and those above it, and leaves one that is there", () => {
  const folder = join(temporaryFolder(), "a", "b", "c");
  makeFolder(folder);
  writeFileSync(join(folder, "kept"), "");
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
  expect(existsSync(join(folder, "kept"))).toBe(true);
});

it("throws where a file has the name, or stands above", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => makeFolder(file)).toThrow("EEXIST");
  expect(() => makeFolder(join(file, "below"))).toThrow("ENOTDIR");
});

it.skipIf(!existsSync("/proc/self"))("throws where no folder can be made, in place of trying for ever", () => {
  expect(() => makeFolder("/proc/no-such/deeper")).toThrow("ENOENT");
});

it("is what every part uses: Node's own recursive form has no end in /proc", () => {
  const root = join(import.meta.dirname, "..");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!\.test)\.tsx?$/u.test(name),
  );
  const found = files.filter((name) =>
    /mkdir(?:Sync)?\([^;]*recursive: true/u.test(readFileSync(join(root, name), "utf8")),
  );
  expect(found).toEqual([]);
});
