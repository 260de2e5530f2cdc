import { expect, it } from "vitest";
import { checkTool, estimateTool } from "./review-tools.ts";

const project = { root: import.meta.dirname, program: "heptad" };

it("names all that an estimate may be about where nothing is given, or more than one", async () => {
  const estimate = async (given: object) => estimateTool.run(given, project);
  await expect(estimate({})).rejects.toThrow("give exactly one of path, text and expression");
  await expect(estimate({ path: "a.md", text: "b" })).rejects.toThrow("give exactly one of path, text and expression");
  await expect(estimate({ path: "a.md", expression: "1 + 1" })).rejects.toThrow("path, text and expression");
  await expect((async () => checkTool.run({}, project))()).rejects.toThrow(/exactly one of path and text$/u);
});
