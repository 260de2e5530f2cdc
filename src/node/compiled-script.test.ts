import { spawnSync } from "node:child_process";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { compiledFormOf } from "./compiled-script.ts";

let folder = "";
let bundle = "";
beforeEach(() => {
  folder = temporaryFolder();
  bundle = join(folder, "bundle.cjs");
  write("");
});

describe("a bundle with its compiled form", () => {
  it("runs from its text where nothing was compiled, with the shared modules and Node's own", () => {
    expect(load()).toEqual({ exported: { four: 4, base: "bundle.cjs" }, wasCompiled: false });
  });

  it("runs from the compiled form where there is one", () => {
    load("keep");
    expect(load()).toEqual({ exported: { four: 4, base: "bundle.cjs" }, wasCompiled: true });
  });

  it("runs from its text where the compiled form is cut short or another text's", () => {
    load("keep");
    const whole = readFileSync(compiledFormOf(bundle));
    truncateSync(compiledFormOf(bundle), 100);
    expect(load()).toMatchObject({ exported: { four: 4 }, wasCompiled: false });
    writeFileSync(compiledFormOf(bundle), whole);
    write("exports.five = 5;");
    expect(load()).toMatchObject({ exported: { four: 4, five: 5 }, wasCompiled: false });
  });

  it("opens what most starts do without when it is asked for, and not before", () => {
    write(
      'const crypto = require("node:crypto"); exports.hash = () => crypto.createHash("sha256").update("").digest("hex");',
    );
    expect(loaded("process.moduleLoadList.includes('NativeModule crypto')")).toBe("false");
    expect(loaded("exported.hash().slice(0, 8)")).toBe("e3b0c442");
  });

  it("never shows the engine a compiled form of which a byte has changed: that ended in SIGSEGV", () => {
    load("keep");
    const whole = readFileSync(compiledFormOf(bundle));
    for (const at of [0, 5, 9, whole.length >> 1, whole.length - 1]) {
      const bad = Buffer.from(whole);
      bad[at] ^= 4;
      writeFileSync(compiledFormOf(bundle), bad);
      expect(load()).toEqual({ exported: { four: 4, base: "bundle.cjs" }, wasCompiled: false });
    }
    const otherText = readFileSync(bundle, "utf8").replace("exports.four = twice(2)", "exports.four = twice(3)");
    writeFileSync(compiledFormOf(bundle), whole);
    writeFileSync(bundle, otherText);
    expect(load()).toMatchObject({ exported: { four: 6 }, wasCompiled: false });
  });
});

function write(more: string): void {
  const text =
    'const { twice } = require("../shared.js"); exports.four = twice(2); exports.base = require("node:path").basename(__filename);';
  writeFileSync(bundle, `${text}${more}`);
}

/** What an expression is once the bundle has been loaded, in a process of its own. */
function loaded(expression: string): string {
  const script = `
    import { loadCompiled } from "${pathToFileURL("dist/src/node/compiled-script.js").href}";
    const { exported } = loadCompiled(process.argv[1], { "../shared.js": { twice: (value) => value * 2 } });
    process.stdout.write(String(${expression}));`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", script, bundle], { encoding: "utf8" }).stdout;
}

/** In a process of its own: one process keeps what it has compiled, whatever lies on disk. */
function load(...keep: readonly "keep"[]): unknown {
  const script = `
    import { writeFileSync } from "node:fs";
    import { compiledFormOf, loadCompiled } from "${pathToFileURL("dist/src/node/compiled-script.js").href}";
    const [path, keep] = process.argv.slice(1);
    const { exported, wasCompiled, compiledForm } = loadCompiled(path, { "../shared.js": { twice: (value) => value * 2 } });
    if (keep) writeFileSync(compiledFormOf(path), compiledForm());
    console.log(JSON.stringify({ exported, wasCompiled }));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script, bundle, ...keep], {
    encoding: "utf8",
  });
  return JSON.parse(stdout);
}
