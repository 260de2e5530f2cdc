// Makes a few files of the program, and one of what it reviews notes with, whose compiled form is kept: hundreds of small modules take
// longer to open and compile than a note takes to review.
import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { compiledFormOf, loadCompiled } from "../dist/src/node/compiled-script.js";
import { withoutBareCalls } from "./bare-calls.mjs";
import { bundleProgram } from "./bundle-program.mjs";
import { thirdParty } from "./third-party.mjs";

const FOLDER = resolve("dist/src/node");
const ENTRY = join(FOLDER, "check-notes.js");
const BUNDLE = join(FOLDER, "check-notes.cjs");
/** Failures are told by their class, so there is one of it. */
const SHARED = "../core/outcome.js";

// What is bundled here is no longer what the compiler wrote, and it must not take it for that: it would leave a changed module's old text in the bundle.
rmSync(resolve("dist/tsconfig.node.tsbuildinfo"), { force: true });

// The engine knows its compiled form by the length of the text alone: an older one must never lie beside a newer text.
rmSync(compiledFormOf(BUNDLE), { force: true });
const licences = thirdParty();
const bundle = await rolldown({
  input: ENTRY,
  platform: "node",
  external: [/^node:/, join(FOLDER, SHARED)],
  plugins: [withoutBareCalls(), withoutCycles(), licences.plugin],
  logLevel: "warn",
});
const { output } = await bundle.write({
  file: BUNDLE,
  format: "cjs",
  codeSplitting: false,
  minify: { compress: false, mangle: false, codegen: true },
});
await bundle.close();

const names = output[0].exports.join(", ");
writeFileSync(
  ENTRY,
  `import { fileURLToPath } from "node:url";
import * as outcome from "${SHARED}";
import { loadCompiled } from "./compiled-script.js";

const path = fileURLToPath(new URL("./check-notes.cjs", import.meta.url));
export const { ${names} } = loadCompiled(path, { "${SHARED}": outcome }).exported;
`,
);

// What a review of the project's own designs has run is what the next review will run.
const { exported, compiledForm } = loadCompiled(BUNDLE, { [SHARED]: await import("../dist/src/core/outcome.js") });
await exported.checkNotes(["designs"], {});
writeFileSync(compiledFormOf(BUNDLE), compiledForm());

await bundleProgram(licences);

/**
 * zod walks every schema once for circles, so as to read data that hold themselves. Facts cannot: an alias is refused where they are read
 * (HP014). Where zod keeps that elsewhere one day, only the time of the walk comes back.
 */
function withoutCycles() {
  return {
    name: "without-cycles",
    load: (id) =>
      /[\\/]zod[\\/]v4[\\/]core[\\/]memoizer\.js$/u.test(id)
        ? `export class $ZodCyclicError extends Error {}
           export const isRecursiveSchema = () => true;
           export const isBackEdge = () => false;
           export const memoizer = () => ({ alloc: (_inst, _payload, empty) => empty, guard() {}, attach() {} });`
        : undefined,
  };
}
