import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fingerprint, generatedPath, kernelNames } from "./build-kernels.mjs";

// That they compile to these very bytes takes the compiler half a minute: `npm run test:long`.
it.each(kernelNames())("the committed bytes of %s were compiled from the source that lies beside them", (name) => {
  expect(readFileSync(generatedPath(name), "utf8")).toContain(`// sources ${fingerprint(name)}\n`);
});
