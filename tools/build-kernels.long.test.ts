import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { generatedPath, generateKernel, kernelNames } from "./build-kernels.mjs";

it.each(kernelNames())("the committed bytes of %s are what its source compiles to", async (name) => {
  expect(readFileSync(generatedPath(name), "utf8")).toBe(await generateKernel(name));
});
