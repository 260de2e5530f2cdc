import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { FailureError } from "../core/outcome.ts";
import { openExperimentSwitch } from "./experiment-switch.ts";
import { judgedBy } from "./model-manifest.ts";
import { openModelRegistry } from "./model-registry.ts";
import { keepOwner, refuseOthersFolder } from "./state-owner.ts";
import { readBeginning, writeBeginning } from "./store/log-beginning.ts";

const MODEL = {
  format: 1,
  id: "3f9a3f9a3f9a",
  kind: "recommendation",
  title: "Sums",
  built: "2026-01-01T00:00:00.000Z",
  version: "1",
  seed: 7,
  commit: null,
  data: { source: "none", fingerprint: "" },
  metrics: [{ name: "ndcg@10", subject: "system", value: 0.5, unit: "" }],
  bytes: 16,
  stages: {},
  note: "a",
};
const SERVED = { format: 1, promoted: [{ id: MODEL.id, at: "2026-01-02" }], left: [] };
const OWNER = { format: 1, note: "feed", kind: "recommendation" };
const OWN = { note: "feed", kind: "recommendation" };
const BEGINNING = { format: 1, begin: "end", newest: 5, data: "d", meaning: "m", model: "a" } as const;

/** A service's folder as another version left it. */
function folderOf({ model = {}, served = {}, owner = {}, beginning = {}, stopped = {} }): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "models", MODEL.id), { recursive: true });
  const write = (path: string, json: unknown): void => writeFileSync(join(folder, path), JSON.stringify(json));
  write(join("models", MODEL.id, "model.json"), { ...MODEL, ...model });
  write(join("models", "served.json"), { ...SERVED, ...served });
  write("owner.json", { ...OWNER, ...owner });
  write("beginning.json", { ...BEGINNING, ...beginning });
  write("experiment.json", { format: 1, salt: "s", stopped: "harm", ...stopped });
  return folder;
}
const registryIn = (folder: string) => openModelRegistry(join(folder, "models"));
const jsonIn = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof FailureError) return `${error.failure.code}: ${error.failure.message}`;
    throw error;
  }
  return "nothing thrown";
};

describe("what another version of the program kept", () => {
  it("is read from before a field was added, whose absence means what it meant", () => {
    const [model] = registryIn(folderOf({})).list();
    expect([model.id, judgedBy(model)]).toEqual([MODEL.id, undefined]);
  });

  it("is read from after a field was added that this version does not know, which stays where the file is written again", async () => {
    const added = { later: { of: "a newer version" } };
    const folder = folderOf({
      model: { ...added, data: { ...MODEL.data, rows: 5 } },
      served: { ...added, promoted: [{ ...SERVED.promoted[0], by: "me" }] },
      owner: added,
      beginning: added,
      stopped: added,
    });
    const registry = registryIn(folder);
    expect(registry.find("3f9a")).toMatchObject({ ...added, data: { rows: 5 } });
    const other = { ...MODEL, id: "aaaaaaaaaaaa" };
    mkdirSync(join(folder, "models", other.id));
    writeFileSync(join(folder, "models", other.id, "model.json"), JSON.stringify(other));
    await registry.promote(other.id);
    expect(jsonIn(folder, "models/served.json")).toMatchObject({
      ...added,
      promoted: [{ by: "me" }, { id: other.id }],
    });
    await registry.rollback();
    expect(jsonIn(folder, "models/served.json")).toMatchObject({ ...added, promoted: [{ by: "me" }] });
    const began = readBeginning(folder);
    expect(began).toMatchObject({ begin: "end", newest: 5 });
    if (began !== undefined) writeBeginning(folder, { ...began, model: "b" });
    expect(jsonIn(folder, "beginning.json")).toEqual({ ...BEGINNING, ...added, model: "b" });
    keepOwner(folder, OWN);
    expect(jsonIn(folder, "owner.json")).toEqual({ ...OWNER, ...added });
    expect(openExperimentSwitch(join(folder, "experiment.json")).stopped("s")).toBe("harm");
  });

  it("is refused in a format that this version does not know, with the reason, and left as it is", () => {
    const newer = { format: 2 };
    const folder = folderOf({ model: newer, served: newer, owner: newer, beginning: newer, stopped: newer });
    const registry = registryIn(folder);
    const says =
      "newer-format: a newer version of the program wrote this: it is of format 2, and this version reads up to 1";
    expect(codeOf(() => registry.find(MODEL.id))).toBe(says);
    expect(codeOf(() => registry.current)).toBe(says);
    expect(codeOf(() => refuseOthersFolder(folder, OWN))).toBe(says);
    expect(codeOf(() => openExperimentSwitch(join(folder, "experiment.json")))).toBe(says);
    expect(() => registry.current).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ where: join(folder, "models/served.json") }) }),
    );
    expect(readBeginning(folder)).toBeUndefined();
    expect(jsonIn(folder, "models/served.json").format).toBe(2);
  });

  it("is called damaged where it is neither", () => {
    const folder = folderOf({
      model: { format: 0 },
      served: { promoted: 5 },
      owner: { kind: 1 },
      stopped: { salt: 2 },
    });
    const registry = registryIn(folder);
    expect(codeOf(() => registry.find(MODEL.id))).toContain("damaged-model");
    expect(codeOf(() => registry.current)).toContain("damaged-registry");
    expect(codeOf(() => refuseOthersFolder(folder, OWN))).toContain("damaged-owner");
    expect(codeOf(() => openExperimentSwitch(join(folder, "experiment.json")))).toContain("damaged-switch");
  });
});
