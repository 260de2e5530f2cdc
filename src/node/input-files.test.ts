import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { createInputFiles } from "./input-files.ts";

const files = createInputFiles();
let folder: string;
beforeAll(async () => {
  folder = temporaryFolder();
  await mkdir(join(folder, "sub"));
  await writeFile(join(folder, "b.csv"), "hello");
  await writeFile(join(folder, "a.csv"), "");
  await writeFile(join(folder, "sub", "b.csv"), "hello");
});

it("lists a folder in order and says undefined for a file or nothing", async () => {
  expect(await files.list(folder)).toEqual(["a.csv", "b.csv", "sub"]);
  expect(await files.list(join(folder, "b.csv"))).toBeUndefined();
  expect(await files.list(join(folder, "none"))).toBeUndefined();
  expect(await files.exists(folder)).toBe(true);
  expect(await files.exists(join(folder, "none"))).toBe(false);
});

it("reads beginnings up to the end of the file", async () => {
  expect(Buffer.from(await files.head(join(folder, "b.csv"), 3)).toString()).toBe("hel");
  expect(Buffer.from(await files.head(join(folder, "b.csv"), 99)).toString()).toBe("hello");
  expect(await files.size(join(folder, "b.csv"))).toBe(5);
});

it("gives the same fingerprint to the same data elsewhere, and another to other data", async () => {
  const here = await files.fingerprint([join(folder, "b.csv")]);
  expect(here).toMatch(/^[0-9a-f]{64}$/u);
  expect(await files.fingerprint([join(folder, "sub", "b.csv")])).toBe(here);
  expect(await files.fingerprint([join(folder, "a.csv"), join(folder, "b.csv")])).not.toBe(here);
});

it("says what is wrong with a path", async () => {
  await expect(files.size(join(folder, "none"))).rejects.toMatchObject({ failure: { code: "no-such-file" } });
  await expect(files.head(folder, 3)).rejects.toMatchObject({ failure: { code: "not-a-file", where: folder } });
});
