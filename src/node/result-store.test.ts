import { createHash } from "node:crypto";
import {
  existsSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { createRandom } from "../core/random.ts";
import { stageResult } from "../system/stage.ts";
import { releaseCaches } from "./cache-lease.ts";
import { createDiskStore } from "./result-store.ts";

let folder = "";
let damages: string[] = [];
const store = (limitBytes?: number) =>
  createDiskStore(folder, { limitBytes, onDamage: (message) => void damages.push(message) });
beforeEach(() => {
  releaseCaches();
  folder = temporaryFolder();
  damages = [];
});

const keyOf = (name: string) => createHash("sha256").update(name).digest("hex");
const KEY = keyOf("one");
const result = stageResult({
  json: { answer: 42 },
  arrays: {
    bytes: Uint8Array.of(1, 2, 3),
    doubles: Float64Array.of(1.5, Number.NaN, -0),
    names: ["a", "ü", ""],
    ids: Int32Array.of(-1, 7),
  },
});
const large = stageResult({ arrays: { zeros: new Uint8Array(900) } });

/** Makes a kept result one that nobody has used for so many hours. */
function age(key: string, hours: number): void {
  const then = new Date(Date.now() - hours * 3_600_000);
  utimesSync(join(folder, key), then, then);
}

describe("results on disk", () => {
  it("come back as they were, column types included", async () => {
    await store().write(KEY, result);
    const read = await store().read(KEY);
    expect(read?.json).toEqual(result.json);
    expect({ ...read?.arrays }).toEqual(result.arrays);
    expect(damages).toEqual([]);
  });

  it("are absent for an unknown key, without a word of damage", async () => {
    expect(await store().read(keyOf("nothing"))).toBeUndefined();
    expect(damages).toEqual([]);
  });

  it("are refused and said after any byte of any file has changed: none of 200 flips is served", async () => {
    await store().write(KEY, result);
    const random = createRandom(11);
    for (let flip = 0; flip < 200; flip++) {
      const files = readdirSync(join(folder, KEY));
      const path = join(folder, KEY, files[random.below(files.length)]);
      const whole = readFileSync(path);
      const bad = Buffer.from(whole);
      bad[random.below(bad.length)] ^= 1 << random.below(8);
      writeFileSync(path, bad);
      expect(await store().read(KEY)).toBeUndefined();
      expect(damages).toHaveLength(flip + 1);
      writeFileSync(path, whole);
    }
    expect(damages[0]).toContain(join(folder, KEY));
  });

  it("are refused when a file was cut short, is gone, or the manifest is another JSON text", async () => {
    for (const harm of ["cut", "gone", "columns"]) {
      await store().write(KEY, result);
      const column = readdirSync(join(folder, KEY)).find((file) => file.endsWith(".bin")) ?? "";
      if (harm === "cut") truncateSync(join(folder, KEY, column), 1);
      else if (harm === "gone") rmSync(join(folder, KEY, column));
      else writeFileSync(join(folder, KEY, "result.json"), '{"columns":[]}');
      expect(await store().read(KEY), harm).toBeUndefined();
    }
    expect(damages).toHaveLength(3);
    await store().write(KEY, result);
    expect({ ...(await store().read(KEY))?.arrays }).toEqual(result.arrays);
  });

  it("stay whole for a run that opened one while another run writes the same key again", async () => {
    await store().write(KEY, result);
    const opened = await store().read(KEY);
    await store().write(KEY, stageResult({ json: 2, arrays: { bytes: Uint8Array.of(9) } }));
    expect({ ...opened?.arrays }).toEqual(result.arrays);
    expect((await store().read(KEY))?.json).toBe(2);
  });

  it("say so where a result vanishes between opening and reading", async () => {
    await store().write(KEY, result);
    const opened = await store().read(KEY);
    rmSync(join(folder, KEY), { recursive: true });
    expect(() => opened?.arrays.bytes).toThrow(/removed or changed/u);
  });

  it("make room by dropping what was used longest ago, and never what this run reads", async () => {
    const [first, second, third] = ["first", "second", "third"].map(keyOf);
    await store().write(first, large);
    await store().write(second, large);
    releaseCaches();
    age(first, 3);
    age(second, 2);
    const run = store(1500);
    expect((await run.read(first))?.arrays).toEqual(large.arrays);
    age(first, 3);
    await run.write(third, large);
    expect(await store().read(second)).toBeUndefined();
    expect((await store().read(first))?.arrays).toEqual(large.arrays);
    expect((await store().read(third))?.arrays).toEqual(large.arrays);
  });

  it("go in the order of their last use: of two that nobody reads the older one", async () => {
    const [older, newer, third] = ["older", "newer", "third"].map(keyOf);
    // Written and named so that neither order decides.
    await store().write(newer, large);
    await store().write(older, large);
    releaseCaches();
    age(older, 5);
    age(newer, 2);
    await store(2800).write(third, large);
    expect(await store().read(older)).toBeUndefined();
    expect((await store().read(newer))?.arrays).toEqual(large.arrays);
  });

  it("keep to the limit once the last process that reads them lets go, and not before", async () => {
    const names = ["one", "two", "three"].map(keyOf);
    const run = store(1500);
    for (const name of names) await run.write(name, large);
    const there = () => names.filter((name) => existsSync(join(folder, name)));
    expect(there()).toEqual(names);
    // Another process of this machine reads them too: this file's own parent.
    const other = join(folder, `.in-use-${process.ppid}`);
    writeFileSync(other, "");
    releaseCaches();
    expect(there()).toEqual(names);
    rmSync(other);
    age(names[0], 0.02);
    age(names[1], 0.01);
    expect((await run.read(names[2]))?.arrays).toEqual(large.arrays);
    releaseCaches();
    expect(there()).toEqual([names[2]]);
    expect(readdirSync(folder)).toEqual([names[2]]);
  });

  it("are not held for ever by a process that was killed", async () => {
    const dead = join(folder, ".in-use-999999999");
    await store(10).write(KEY, large);
    writeFileSync(dead, "");
    const long = new Date(Date.now() - 3_600_000);
    utimesSync(dead, long, long);
    releaseCaches();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("are let go of though the file system dates them ahead of the clock", async () => {
    await store(10).write(KEY, large);
    const ahead = new Date(Date.now() + 60_000);
    utimesSync(join(folder, KEY), ahead, ahead);
    releaseCaches();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leave alone what carries no key's name, and whatever a symbolic link leads to", async () => {
    mkdirSync(join(folder, "my-thesis"));
    writeFileSync(join(folder, "my-thesis", "text"), "x".repeat(5000));
    const elsewhere = temporaryFolder();
    mkdirSync(join(elsewhere, keyOf("theirs")));
    writeFileSync(join(elsewhere, keyOf("theirs"), "text"), "x".repeat(5000));
    symlinkSync(join(elsewhere, keyOf("theirs")), join(folder, keyOf("link")));
    const long = new Date(Date.now() - 9 * 3_600_000);
    lutimesSync(join(folder, keyOf("link")), long, long);
    await store(10).write(KEY, large);
    expect(readFileSync(join(folder, "my-thesis", "text"), "utf8")).toHaveLength(5000);
    expect(existsSync(join(folder, keyOf("link"), "text"))).toBe(true);
    const linked = join(temporaryFolder(), "cache");
    symlinkSync(folder, linked);
    age(KEY, 5);
    await createDiskStore(linked, { limitBytes: 10 }).write(keyOf("another"), large);
    expect((await store().read(KEY))?.arrays).toEqual(large.arrays);
  });
});
