/** `heptad import` of a thousand notes as people write them, as a whole process, against its limit. */

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Benchmark, type BenchmarkCase, type BenchmarkEnvironment, timed } from "./benchmark.ts";

const NOTES = 1000;
/** Each note is one of the layouts, with sentences of its own up to this size: what a note of one design has at the median. */
const LETTERS = 4000;
const LAYOUTS = join("test", "fixtures", "foreign");

export const benchmark: Benchmark = {
  name: "import",
  about: `heptad import of ${NOTES} notes of ${LETTERS} letters in a dozen layouts, whole process with its writes`,
  *cases({ workFolder }: BenchmarkEnvironment): Iterable<BenchmarkCase> {
    const folder = join(workFolder, "import");
    yield {
      case: `${NOTES} notes`,
      peerName: "the limit",
      unit: "s",
      runs: 3,
      target: "<= 1",
      ours: () => {
        writeNotes(folder);
        return timed(() => run(folder));
      },
      peer: () => 5,
    };
  },
};

function writeNotes(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "notes"), { recursive: true });
  writeFileSync(join(folder, "heptad.yaml"), "");
  const layouts = readdirSync(LAYOUTS)
    .filter((name) => name.endsWith(".md"))
    .map((name) => readFileSync(join(LAYOUTS, name), "utf8"));
  for (let i = 0; i < NOTES; i++) {
    const layout = layouts[i % layouts.length];
    const count = Math.max(0, Math.ceil((LETTERS - layout.length) / 90));
    const prose = Array.from(
      { length: count },
      (_, line) => `Line ${line} of note ${i} says why the team weighs recall against cost here.\n`,
    );
    writeFileSync(join(folder, "notes", `${String(i).padStart(4, "0")}.md`), `${layout}\n${prose.join("\n")}`);
  }
}

function run(cwd: string): void {
  const { status, stderr } = spawnSync(process.execPath, [resolve("bin", "heptad.js"), "import", "notes", "--json"], {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`heptad import failed: ${stderr.slice(0, 500)}`);
}
