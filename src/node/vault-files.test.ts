import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { VaultFiles } from "./vault-files.ts";

it("finds a file by its name: beside the note first, then from the root, then wherever it lies", () => {
  const root = temporaryFolder();
  for (const folder of [".obsidian", "notes/deep", "pictures", ".trash", "node_modules"])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of [
    "notes/a.md",
    "notes/deep/b.md",
    "pictures/flow.png",
    "notes/flow.png",
    ".trash/c.md",
    "node_modules/d.md",
  ])
    writeFileSync(join(root, file), "");
  const find = (name: string, note: string): string | undefined => new VaultFiles().find(name, join(root, note));
  expect(find("a", "notes/deep/b.md")).toBe(join(root, "notes/a.md"));
  expect(find("B", "notes/a.md")).toBe(join(root, "notes/deep/b.md"));
  expect(find("flow.png", "notes/a.md")).toBe(join(root, "notes/flow.png"));
  expect(find("pictures/flow.png", "notes/a.md")).toBe(join(root, "pictures/flow.png"));
  expect(find("deep/b", "notes/a.md")).toBe(join(root, "notes/deep/b.md"));
  for (const none of ["c", "d", "e", "other/flow.png"]) expect(find(none, "notes/a.md")).toBeUndefined();
});
