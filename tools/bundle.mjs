// Makes one file of what every command starts with, one of what `heptad check` prints with, and one of what it reviews with, whose
// compiled form is kept: hundreds of small modules take longer to open and compile than a note takes to review.
import { rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { rolldown } from "rolldown";
import { compiledFormOf, loadCompiled } from "../dist/src/node/compiled-script.js";

const FOLDER = resolve("dist/src/node");
const ENTRY = join(FOLDER, "check-notes.js");
const BUNDLE = join(FOLDER, "check-notes.cjs");
/** Failures are told by their class, so there is one of it. */
const SHARED = "../core/outcome.js";

// What is bundled here is no longer what the compiler wrote, and it must not take it for that: it would leave a changed module's old text in the bundle.
rmSync(resolve("dist/tsconfig.node.tsbuildinfo"), { force: true });

// The engine knows its compiled form by the length of the text alone: an older one must never lie beside a newer text.
rmSync(compiledFormOf(BUNDLE), { force: true });
const bundle = await rolldown({
  input: ENTRY,
  platform: "node",
  external: [/^node:/, join(FOLDER, SHARED)],
  plugins: [withoutCycles()],
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

// What looks for files by where it lies stays outside, and so do failures.
const SOURCES = resolve("dist/src");
await inOneFile("cli/main.js", /^(?:cli\/commands|node)\//u);
await inOneFile("cli/commands/check.js", /^node\//u);

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

/** Puts a module and all that it imports into its own file. */
async function inOneFile(module, outside) {
  const file = join(SOURCES, module);
  const inside = await rolldown({
    input: file,
    platform: "node",
    external: (id, importer, isResolved) => {
      if (isProgramStarter(id, importer)) return false;
      if (!isResolved) return id.startsWith("node:");
      const path = relative(SOURCES, id).replaceAll("\\", "/");
      return path !== module && (path === SHARED.slice(3) || outside.test(path));
    },
    plugins: [withoutPrograms()],
    logLevel: "warn",
  });
  await inside.write({ file, format: "es", codeSplitting: false });
  await inside.close();
}

/** The parser of arguments can start commands that are programs of their own; ours are none, and opening what starts them takes milliseconds. */
function withoutPrograms() {
  const nothing = "\0no-programs";
  return {
    name: "without-programs",
    resolveId: (id, importer) => (isProgramStarter(id, importer) ? nothing : undefined),
    load: (id) => (id === nothing ? "export {};" : undefined),
  };
}

function isProgramStarter(id, importer = "") {
  return id === "node:child_process" && /[\\/]node_modules[\\/]commander[\\/]/u.test(importer);
}
