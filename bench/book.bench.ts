/** The book of 15 designs with figures of runs, from a cold start: seconds, seconds of CPU and memory of a PDF and of a site. */

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { againstLimit, type Benchmark, type BenchmarkCase, type BenchmarkEnvironment } from "./benchmark.ts";

const PROGRAM = resolve("bin", "heptad.js");
const DESIGNS = 15;
/** Small notes that run in seconds; the newest run of one of them is printed with each design. */
const RUN = ["small-recommendation", "small-fraud"];
/** Says on stderr what the process took, as it ends. */
const METER = `--import=data:text/javascript,${encodeURIComponent(
  `process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\nused "+u.maxRSS/1024+" "+(u.userCPUTime+u.systemCPUTime)/1e6)})`,
)}`;

export const benchmark: Benchmark = {
  name: "book",
  about: `heptad book of ${DESIGNS} designs with the figures of a run each and the whole library, whole processes, against the limits`,
  *cases({ workFolder }: BenchmarkEnvironment): Iterable<BenchmarkCase> {
    const folder = join(workFolder, "book");
    prepare(folder);
    const pdf = make(folder, "--library", "--out", "book.pdf");
    const site = make(folder, "--to", "site", "--out", "site");
    const drawn = readdirSync(join(folder, "site", "designs")).reduce(
      (sum, page) =>
        sum + (readFileSync(join(folder, "site", "designs", page), "utf8").match(/<figure/gu)?.length ?? 0),
      0,
    );
    process.stderr.write(`the PDF has ${pdf.pages} pages, the site ${site.pages}; ${drawn} figures\n`);
    yield againstLimit("PDF", "s", pdf.seconds, 12);
    yield againstLimit("PDF, CPU", "s", pdf.cpu, 12);
    yield againstLimit("PDF, memory at the peak", "MiB", pdf.mebibytes, 500);
    yield againstLimit("site", "s", site.seconds, 8);
    yield againstLimit("site, CPU", "s", site.cpu, 8);
  },
};

/** A project with copies of the designs, each with the run of a small note. */
function prepare(folder: string): void {
  mkdirSync(join(folder, "designs"), { recursive: true });
  writeFileSync(join(folder, "heptad.yaml"), "");
  for (const name of RUN) {
    const record = join(folder, "runs", name, "latest", "run.json");
    if (existsSync(record)) continue;
    cpSync(join("test", "fixtures", `${name}.md`), join(folder, `${name}.md`));
    run(folder, "run", `${name}.md`, "--threads", "2", "--json");
  }
  const designs = readdirSync("designs").filter((name) => name.endsWith(".md"));
  for (const [i, name] of designs.slice(0, DESIGNS).entries()) {
    cpSync(join("designs", name), join(folder, "designs", name));
    const target = join(folder, "runs", basename(name, ".md"), "latest");
    mkdirSync(target, { recursive: true });
    cpSync(join(folder, "runs", RUN[i % RUN.length], "latest", "run.json"), join(target, "run.json"));
  }
  rmSync(join(folder, "book.pdf"), { force: true });
  rmSync(join(folder, "site"), { recursive: true, force: true });
}

interface Made {
  readonly pages: number;
  readonly seconds: number;
  readonly cpu: number;
  readonly mebibytes: number;
}

function make(folder: string, ...options: readonly string[]): Made {
  const started = performance.now();
  const { stdout, stderr } = run(folder, "book", "designs", "--json", ...options);
  const seconds = (performance.now() - started) / 1000;
  const used = /\nused (?<mebibytes>[\d.]+) (?<cpu>[\d.]+)/u.exec(stderr)?.groups;
  if (used === undefined) throw new Error(`nothing was measured: ${stderr.slice(-300)}`);
  const { pages } = JSON.parse(stdout);
  return { pages, seconds, cpu: Number(used.cpu), mebibytes: Number(used.mebibytes) };
}

/** A book of which something was left out ends with 1; it is written. */
function run(cwd: string, ...args: readonly string[]): { stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [METER, PROGRAM, ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0 && status !== 1) throw new Error(`heptad ${args.join(" ")} failed: ${stderr.slice(0, 500)}`);
  return { stdout, stderr };
}
