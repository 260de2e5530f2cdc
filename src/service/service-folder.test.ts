import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { serviceFolder } from "./service-folder.ts";

it("makes no folder for a note that is not there, and finds what is kept of one that is gone", () => {
  const home = temporaryFolder();
  writeFileSync(join(home, "heptad.yaml"), "");
  const note = join(home, "feed.md");
  expect(() => serviceFolder(note)).toThrow("there is no file");
  expect(existsSync(join(home, ".heptad"))).toBe(false);
  mkdirSync(join(home, ".heptad", "serve", "feed"), { recursive: true });
  expect(serviceFolder(note).path).toBe(join(home, ".heptad", "serve", "feed"));
  const other = join(home, "other.md");
  writeFileSync(other, "");
  expect(existsSync(serviceFolder(other).path)).toBe(true);
});
