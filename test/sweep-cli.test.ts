import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { heptadHere } from "./heptad-here.ts";
import { type SweptVariant, sweptProject } from "./swept-project.ts";

let folder = "";
let note = "";
beforeAll(() => {
  ({ folder, note } = sweptProject());
});

const heptad = (...args: string[]) => heptadHere(folder, args);

describe("a sweep", () => {
  it("compares two of its runs request by request", async () => {
    const swept = await heptad("sweep", note, "--set", "4.stages.candidates.factors=4,8", "--jobs", "2", "--json");
    const { variants }: { variants: SweptVariant[] } = JSON.parse(swept.stdout);
    const { stdout, status } = await heptad("compare", variants[0].folder, variants[1].folder, "--json");
    expect(status).toBe(0);
    const { differences, why } = JSON.parse(stdout);
    expect(why).toBe("");
    const baseline = differences.find((one: { subject: string }) => one.subject === "baseline");
    expect(baseline.value).toBe(0);
    expect(differences.some((one: { subject: string }) => one.subject === "als")).toBe(true);
  });

  it("judges variants of a fraud note by what goes on to serve", async () => {
    const fraud = join(folder, "fraud.md");
    const fixture = readFileSync(join(import.meta.dirname, "fixtures", "small-fraud.md"), "utf8");
    writeFileSync(fraud, fixture.replace("customers: 300, terminals: 400", "customers: 150, terminals: 200"));
    const { stdout } = await heptad("sweep", fraud, "--set", "4.stages.scoring.class-weight=1,5", "--json");
    const { variants }: { variants: SweptVariant[] } = JSON.parse(stdout);
    expect(variants.map(({ name }) => name)).toEqual(["class-weight=1", "class-weight=5"]);
    for (const { quality, metric } of variants) {
      expect(metric).toBe("average precision");
      expect(quality).toBeGreaterThan(0.1);
    }
  });

  it("leaves out a variant that cannot be run, with the reason, and fails where none can", async () => {
    const sweep = (models: string, ...more: string[]) =>
      heptad("sweep", note, "--set", `4.stages.candidates.model=${models}`, "--jobs", "2", ...more);
    const some = await sweep("alz,als", "--json");
    expect(some.status).toBe(0);
    const { variants, leftOut } = JSON.parse(some.stdout);
    expect(variants.map(({ name }: SweptVariant) => name)).toEqual(["model=als"]);
    expect(leftOut).toMatchObject([{ setting: [{ value: "alz" }], code: "unknown-model" }]);
    expect(some.stderr).toContain("left out: model=alz: there is no first-stage model `alz`; did you mean `als`?");
    const none = await sweep("alz,eaze");
    expect(none.status).toBe(2);
    expect(none.stderr).toContain("error[unknown-model] model=alz: there is no first-stage model");
  });

  it("says what is wrong with a key, a setting or a run that is not there", async () => {
    expect((await heptad("sweep", note, "--set", "4.stages.candidates.factros=4")).stderr).toContain("factors");
    expect((await heptad("sweep", note)).stderr).toContain("--set");
    const { stderr, status } = await heptad("compare", "nowhere", "nowhere");
    expect(status).toBe(2);
    expect(stderr).toContain("error[no-such-run]");
  });
});
