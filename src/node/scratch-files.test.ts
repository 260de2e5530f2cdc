import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { processPlace } from "./process-alive.ts";
import { createScratch, makeScratchFolder, scratchPath } from "./scratch-files.ts";

it("gives back from anywhere what was written from beginning to end", async () => {
  const file = await createScratch().open("pairs");
  await file.append(new Uint8Array(Int32Array.from([1, 2, 3, 4]).buffer));
  await file.append(new Uint8Array(Float32Array.from([0.5, 0.25]).buffer));
  const integers = new Int32Array(2);
  await file.read(8, new Uint8Array(integers.buffer));
  expect([...integers]).toEqual([3, 4]);
  const floats = new Float32Array(2);
  await file.read(16, new Uint8Array(floats.buffer));
  expect([...floats]).toEqual([0.5, 0.25]);
  await file.remove();
});

it("refuses to read past the end, where zeros would pass for numbers", async () => {
  const file = await createScratch().open("short");
  await file.append(Uint8Array.of(1, 2, 3));
  await expect(file.read(1, new Uint8Array(3))).rejects.toThrow("ends at byte 3 of the 4");
  await file.remove();
});

it("keeps files of one name apart, and removes each by itself", async () => {
  const scratch = createScratch();
  const [one, other] = [await scratch.open("a/b"), await scratch.open("a/b")];
  await one.append(Uint8Array.of(1));
  await other.append(Uint8Array.of(2));
  await one.remove();
  const byte = new Uint8Array(1);
  await other.read(0, byte);
  expect(byte[0]).toBe(2);
  await other.remove();
  await expect(other.read(0, byte)).rejects.toThrow();
});

it.skipIf(process.platform === "win32")(
  "leaves no name behind while a file is open, for a process that is killed",
  async () => {
    const within = dirname(scratchPath("any"));
    const before = readdirSync(within);
    const file = await createScratch().open("nameless");
    expect(readdirSync(within)).toEqual(before);
    await file.append(Uint8Array.of(7));
    const byte = new Uint8Array(1);
    await file.read(0, byte);
    expect(byte[0]).toBe(7);
    await file.remove();
  },
);

it("puts names that are paths into its own folder", () => {
  const path = scratchPath("../../etc/a name");
  expect(dirname(path)).toBe(dirname(scratchPath("b")));
  expect(existsSync(dirname(path))).toBe(true);
});

it.each([1, 3, 4, 100])("takes no more than %d bytes in one call, and gives all of them back", async (piece) => {
  const file = await createScratch(piece).open("long");
  const bytes = Uint8Array.from({ length: 13 }, (_, at) => at + 1);
  await file.append(bytes);
  await file.append(bytes.subarray(0, 2));
  const back = new Uint8Array(14);
  await file.read(1, back);
  expect([...back]).toEqual([...bytes.subarray(1), 1, 2]);
  await file.remove();
  await file.remove();
});

afterEach(() => {
  vi.restoreAllMocks();
});

it("says in words that the disk takes no more, and where else there may be room", async () => {
  const file = await createScratch().open("full");
  const full = new Error("ENOSPC: no space left on device, write");
  const handle = await open(devNull);
  vi.spyOn(Object.getPrototypeOf(handle), "write").mockRejectedValue(full);
  await handle.close();
  const said = await file.append(Uint8Array.of(1)).catch((error: unknown) => error);
  expect(said).toMatchObject({
    failure: {
      code: "cannot-write",
      message: expect.stringContaining("no space left"),
      fix: expect.stringContaining("TMPDIR"),
    },
  });
  await file.remove();
});

it("says so too where the folder for temporary files is not there", () => {
  expect(() => makeScratchFolder("/nowhere/at/all")).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: "cannot-write", where: "/nowhere/at/all" }) }),
  );
});

it("removes what a process left that was killed, and nothing of one that lives, that is elsewhere or that is called otherwise", () => {
  const within = temporaryFolder();
  const { pid: ended } = spawnSync(process.execPath, ["--version"]);
  const others = [
    `heptad-scratch-${process.ppid}-${processPlace()}-aaaaaa`,
    `heptad-scratch-${ended}-00000000-aaaaaa`,
    `my-heptad-scratch-${ended}-${processPlace()}-aaaaaa`,
  ];
  const left = `heptad-scratch-${ended}-${processPlace()}-aaaaaa`;
  for (const name of [...others, left]) {
    mkdirSync(join(within, name));
    writeFileSync(join(within, name, "1-text"), "rows");
  }
  const link = `heptad-scratch-${ended}-${processPlace()}-link`;
  symlinkSync(join(within, others[2]), join(within, link));
  const own = makeScratchFolder(within);
  expect(dirname(own)).toBe(within);
  expect(
    readdirSync(within)
      .map((name) => join(within, name))
      .sort(),
  ).toEqual([own, ...[...others, link].map((name) => join(within, name))].sort());
  expect(readdirSync(join(within, others[2]))).toEqual(["1-text"]);
});
