// Makes one file of what `heptad check` loads: hundreds of small modules take longer to open than a note takes to review.
import { resolve } from "node:path";
import { rolldown } from "rolldown";

const FOLDER = "dist/src/node";
const ENTRY = `${FOLDER}/check-notes.js`;
/** Failures are told by their class, so there is one of it. */
const SHARED = resolve("dist/src/core/outcome.js");

const bundle = await rolldown({ input: ENTRY, platform: "node", external: [/^node:/, SHARED], logLevel: "warn" });
await bundle.write({
  dir: FOLDER,
  entryFileNames: "check-notes.js",
  format: "esm",
  codeSplitting: false,
  minify: { compress: false, mangle: false, codegen: true },
});
await bundle.close();
