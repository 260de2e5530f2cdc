import { expect, it } from "vitest";
import { withIgnored } from "./notebook-files.ts";

it("adds to a .gitignore the folders that it lacks, on lines of their own", () => {
  expect(withIgnored("")).toBe("runs/\n.heptad/\n");
  expect(withIgnored("dist\n")).toBe("dist\nruns/\n.heptad/\n");
  expect(withIgnored("dist")).toBe("dist\nruns/\n.heptad/\n");
  expect(withIgnored("/runs\r\n")).toBe("/runs\r\n.heptad/\n");
  expect(withIgnored(" runs \n.heptad")).toBeUndefined();
});
