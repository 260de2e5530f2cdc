import { describe, expect, it } from "vitest";
import { addToHook, addToWorkflow, hook, withIgnored, workflow } from "./notebook-files.ts";

it("adds to a .gitignore the folders that it lacks, on lines of their own", () => {
  expect(withIgnored("")).toBe("runs/\n.heptad/\n");
  expect(withIgnored("dist\n")).toBe("dist\nruns/\n.heptad/\n");
  expect(withIgnored("dist")).toBe("dist\nruns/\n.heptad/\n");
  expect(withIgnored("/runs\r\n")).toBe("/runs\r\n.heptad/\n");
  expect(withIgnored(" runs \n.heptad")).toBeUndefined();
});

describe("a hook that is there", () => {
  it("lacks nothing where it reviews the folder", () => {
    for (const folder of ["", "packages/reco", "it's"]) expect(addToHook(hook(folder), folder)).toBeUndefined();
    const added = addToHook(hook("packages/reco"), "packages/ads") ?? "";
    const line = /`(.*)`/u.exec(added)?.[1] ?? "";
    expect(
      addToHook(hook("packages/reco").replace("#!/bin/sh\n", `#!/bin/sh\n${line}\n`), "packages/ads"),
    ).toBeUndefined();
    expect(addToHook("#!/bin/sh\nnpx heptad check --staged\n", "")).toBeUndefined();
  });

  it("lacks a line of its own where it reviews another notebook, or none", () => {
    expect(addToHook(hook("packages/reco"), "packages/ads")).toContain("(cd packages/ads && npx");
    expect(addToHook(hook("our notes"), "it's")).toContain("(cd 'it'\\''s' && npx");
    expect(addToHook(hook("packages/reco"), "")).toMatch(/below its first line, `npx/u);
    expect(addToHook("#!/bin/sh\necho lint\n", "")).toContain("heptad check --staged");
    expect(addToHook("#!/bin/sh\n# heptad check\n", "")).toContain("heptad check --staged");
    // The letters of the folder stand in the hook, and nothing reviews it.
    for (const other of ["html", "packages/ml", "ml/old", "mlops"])
      expect(addToHook(hook(other), "ml")).toContain("(cd ml && npx");
    expect(addToHook("#!/bin/sh\nnpx heptad check --staged # not ml/ yet\n# cd ml\n", "t")).toContain("(cd t && npx");
    expect(addToHook("#!/bin/sh\ncd ml || exit 1\nnpm run lint\n", "ml")).toContain("(cd ml && npx");
  });

  it("lacks nothing where it is written otherwise", () => {
    for (const line of [
      "cd ./ml && npx heptad check --staged",
      `(cd "ml"; heptad check)`,
      "npx heptad check ml/designs",
    ])
      expect(addToHook(`#!/bin/sh\n${line}\n`, "ml"), line).toBeUndefined();
  });
});

describe("a workflow that is there", () => {
  it("lacks a job for a folder that it does not work in", () => {
    for (const folder of ["", "packages/reco"])
      expect(addToWorkflow(workflow("1.0.0", folder), folder)).toBeUndefined();
    expect(addToWorkflow(workflow("1.0.0", "packages/reco"), "packages/ads")).toContain("packages/ads");
    expect(addToWorkflow(workflow("1.0.0", "packages/reco"), "")).toContain("the top of the repository");
    expect(addToWorkflow("name: lint\n", "")).toContain("a second job");
    const both = `${workflow("1.0.0", "packages/reco")}  second:\n    defaults:\n      run:\n        working-directory: ./packages/ads\n`;
    expect(addToWorkflow(both, "packages/ads")).toBeUndefined();
    expect(addToWorkflow(both, "packages")).toContain("a second job");
  });
});
