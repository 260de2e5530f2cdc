import { readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { stageResult } from "../system/stage.ts";
import { createDiskStore } from "./result-store.ts";

let folder = "";
beforeEach(() => {
  folder = temporaryFolder();
});

const result = stageResult({
  json: { answer: 42 },
  arrays: {
    bytes: Uint8Array.of(1, 2, 3),
    doubles: Float64Array.of(1.5, Number.NaN, -0),
    names: ["a", "ü", ""],
    ids: Int32Array.of(-1, 7),
  },
});

describe("results on disk", () => {
  it("come back as they were, column types included", async () => {
    const store = createDiskStore(folder);
    await store.write("key", result);
    const read = await createDiskStore(folder).read("key");
    expect(read?.json).toEqual(result.json);
    expect({ ...read?.arrays }).toEqual(result.arrays);
  });

  it("are absent for an unknown key", async () => {
    expect(await createDiskStore(folder).read("nothing")).toBeUndefined();
  });

  it("are absent when a file was cut short or a manifest is no JSON", async () => {
    const store = createDiskStore(folder);
    await store.write("cut", result);
    const column = readdirSync(join(folder, "cut")).find((file) => file.endsWith(".bin")) ?? "";
    truncateSync(join(folder, "cut", column), 1);
    expect(await store.read("cut")).toBeUndefined();
    await store.write("torn", result);
    writeFileSync(join(folder, "torn", "result.json"), "{");
    expect(await store.read("torn")).toBeUndefined();
  });

  it("make room by dropping what was used longest ago", async () => {
    const store = createDiskStore(folder, 1000);
    const large = stageResult({ arrays: { zeros: new Uint8Array(900) } });
    await store.write("first", large);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await store.write("second", large);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await store.write("third", large);
    expect(await store.read("first")).toBeUndefined();
    expect(await store.read("third")).toBeDefined();
  });
});
