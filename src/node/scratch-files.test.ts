import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { createScratch, scratchPath } from "./scratch-files.ts";

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

it("puts names that are paths into its own folder", () => {
  const path = scratchPath("../../etc/a name");
  expect(dirname(path)).toBe(dirname(scratchPath("b")));
  expect(existsSync(dirname(path))).toBe(true);
});
