// Joins the program's thousand modules, and the packages that need no place of their own, into fewer files for its commands and for the
// processes that it starts: opening and compiling small modules took longer than most commands do. The modules stay beside them, for
// `import "heptad"`, for threads and for tests.
import { rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { rolldown } from "rolldown";
import { withoutBareCalls } from "./bare-calls.mjs";

const SOURCES = resolve("dist/src");
const PROGRAM = join(SOURCES, "program");

/** What is started by itself. Each hands over to its bundled form; the compiler's next text of it takes its place again. */
const STARTED = [
  "cli/main.js",
  "node/sweep-variant.js",
  "service/skew-process.js",
  "service/snapshot-process.js",
  "service/studio/run-process.js",
  "service/studio/serve-process.js",
];

/** What is loaded together with one of these in every case, and never without it, lies in one file with it. */
const TOGETHER = [
  "cli/dispatch.js",
  "steps/design.js",
  "note/estimate-design.js",
  "note/rules.gen.js",
  "note/review-text.js",
  "node/profile-data.js",
  "kinds/registry.js",
  "node/run-design.js",
  "service/serve-note.js",
  "service/studio/server.js",
  "report/html.js",
];

/** Folders of what next to every start needs some of. */
const COMMON = /^(?:core|cli|review\/render)\/[\w.-]+$/;

/** Packages that stay outside: they hold machine code, read files of their own, start programs, or make code as they run. */
const OUTSIDE =
  /^(?:@clack|@duckdb\/node-bindings|@grpc|@modelcontextprotocol|@myriaddreamin|@nats-io|apache-arrow|fastify|iconv-lite|onnxruntime-node|pagefind|prom-client|protobufjs|sharp|sql\.js|vscode-languageserver)(?:$|[\w/-])/;
/** Those of them that are CommonJS and asked for their default alone: by `require`, since `import` first searches their text for the names that they export. */
const REQUIRED = new Set(["@duckdb/node-bindings", "fastify", "protobufjs"]);
/** Installed for another package alone. */
const INSTALLED_FOR = { "@duckdb/node-bindings": "@duckdb/node-api" };

/** Writes dist/src/program, and hands over to it in place of what is started. `licences` notes whose code goes into it. */
export async function bundleProgram(licences) {
  rmSync(PROGRAM, { recursive: true, force: true });
  const fileOf = new Map();
  const bundle = await rolldown({
    input: STARTED.map((path) => join(SOURCES, path)),
    platform: "node",
    preserveEntrySignatures: "allow-extension",
    external: (id, importer) =>
      id.startsWith("node:") ? !isProgramStarter(id, importer) : OUTSIDE.test(id) && !REQUIRED.has(id),
    plugins: [
      withoutPrograms(),
      withoutBareCalls(),
      required(),
      knowingTheirPlace(),
      together(fileOf),
      licences.plugin,
    ],
    logLevel: "warn",
  });
  await bundle.write({
    dir: PROGRAM,
    format: "es",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    minify: { compress: false, mangle: false, codegen: true },
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ debugName: "together", name: (id) => fileOf.get(id), test: (id) => fileOf.has(id) }],
    },
  });
  await bundle.close();
  licences.write(join(PROGRAM, "third-party-licences.txt"));
  for (const path of STARTED) {
    const bundled = relative(dirname(path), join("program", basename(path))).replaceAll("\\", "/");
    writeFileSync(join(SOURCES, path), `import "${bundled}";\n`);
  }
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

function required() {
  const mark = "\0required:";
  return {
    name: "required",
    resolveId: (id, importer) => (REQUIRED.has(id) && !importer?.startsWith(mark) ? mark + id : undefined),
    load(id) {
      if (!id.startsWith(mark)) return undefined;
      const name = id.slice(mark.length);
      const owner = INSTALLED_FOR[name];
      const from = owner === undefined ? "here" : `createRequire(here.resolve(${JSON.stringify(owner)}))`;
      return `import { createRequire } from "node:module";
        const here = createRequire(import.meta.url);
        export default ${from}(${JSON.stringify(name)});`;
    },
  };
}

/** A module that looks for files from where it lies goes on from there. */
function knowingTheirPlace() {
  return {
    name: "knowing-their-place",
    transform(code, id) {
      if (!id.startsWith(SOURCES) || !code.includes("import.meta.url")) return undefined;
      const place = JSON.stringify(relative(PROGRAM, id).replaceAll("\\", "/"));
      return code.replaceAll("import.meta.url", `new URL(${place}, import.meta.url).href`);
    },
  };
}

/**
 * Fills `fileOf` with the files of modules that need not be files of their own: no start that loads one of them does without the module
 * that the file is named by. So none is loaded for nothing, and no file imports one that imports it.
 */
function together(fileOf) {
  return {
    name: "together",
    buildEnd() {
      const modules = new Map([...this.getModuleIds()].map((id) => [id, this.getModuleInfo(id)]));
      const startsOf = new Map([...modules.keys()].map((id) => [id, new Set()]));
      for (const [id, { isEntry, dynamicImporters }] of modules)
        if (isEntry || dynamicImporters.length > 0)
          for (const one of withAllItImports(id, modules)) startsOf.get(one).add(id);
      for (const id of small(modules)) fileOf.set(id, "common");
      for (const path of TOGETHER) {
        const first = join(SOURCES, path);
        if (!modules.has(first)) throw new Error(`${path} is no module of the program: take it out of the list`);
        for (const id of withAllItImports(first, modules))
          if (!fileOf.has(id) && [...startsOf.get(id)].every((start) => startsOf.get(first).has(start)))
            fileOf.set(id, basename(path, ".js"));
      }
    },
  };
}

/** Small modules that next to every start needs some of: one file of all of them is opened sooner than ten. */
function small(modules) {
  const found = new Set();
  const isSmall = (id) =>
    COMMON.test(relative(SOURCES, id).replaceAll("\\", "/")) && modules.get(id).code.length < 6000;
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [id, { importedIds }] of modules)
      if (isSmall(id) && importedIds.every((one) => found.has(one) || one.startsWith("node:"))) found.add(id);
  }
  return found;
}

function withAllItImports(first, modules) {
  const found = new Set();
  const waiting = [first];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || !modules.has(id)) continue;
    found.add(id);
    waiting.push(...modules.get(id).importedIds);
  }
  return found;
}
