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
    expect(addToHook(hook("packages/reco"), "packages/ads")).toContain("(cd 'packages/ads' && npx");
    expect(addToHook(hook("packages/reco"), "")).toMatch(/below its first line, `npx/u);
    expect(addToHook("#!/bin/sh\necho lint\n", "")).toContain("heptad check --staged");
    expect(addToHook("#!/bin/sh\n# heptad check\n", "")).toContain("heptad check --staged");
  });
});

describe("a workflow that is there", () => {
  it("lacks a job for a folder that it does not work in", () => {
    for (const folder of ["", "packages/reco"])
      expect(addToWorkflow(workflow("1.0.0", folder), folder)).toBeUndefined();
    expect(addToWorkflow(workflow("1.0.0", "packages/reco"), "packages/ads")).toContain("packages/ads");
    expect(addToWorkflow(workflow("1.0.0", "packages/reco"), "")).toContain("the top of the repository");
    expect(addToWorkflow("name: lint\n", "")).toContain("a second job");
  });
});
