import { spawn } from "node:child_process";
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { heptadHere } from "./heptad-here.ts";
import { PROGRAM, repeatable, runNote } from "./run-note.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const FIXTURE = join(import.meta.dirname, "fixtures", "tiny-recommendation.md");

let folder = "";
let note = "";
beforeAll(() => {
  folder = temporaryFolder();
  note = join(folder, "small.md");
  copyFileSync(FIXTURE, note);
});

const heptad = (...args: string[]) => heptadHere(folder, args);

const runJson = (...args: string[]): Promise<RunRecord> => runNote(note, folder, ...args);

const rerun = ({ steps }: RunRecord): string[] => steps.filter(({ cached }) => !cached).map(({ stage }) => stage);

describe("a run", () => {
  it("prints a valid record with figures of every step, and the same figures the second time from the cache", async () => {
    const first = await runJson();
    expect(new Set(first.steps.map(({ step }) => step))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]));
    for (const step of [1, 3, 4, 5, 6, 7]) expect(first.figures.some((figure) => figure.step === step)).toBe(true);
    const second = await runJson();
    expect(rerun(second)).toEqual([]);
    expect(second.figures).toEqual(first.figures);
    // It said of members what it called requests: "8 % of the requests start cold".
    const [active, seen] = ["members active in test", "of them seen before"].map(
      (name) => first.figures.find((figure) => figure.name === name)?.value ?? Number.NaN,
    );
    const cold = first.remarks.find(({ text }) => text.includes("start cold"))?.text ?? "";
    expect(cold).toMatch(/[\d.]+% of the members start cold\.$/u);
    expect(Number(/([\d.]+)% of the members/u.exec(cold)?.[1])).toBeCloseTo((100 * (active - seen)) / active, 0);
    // A part's bytes as trained and as made smaller are two figures with two names.
    for (const subject of new Set(first.figures.map((figure) => figure.subject)))
      expect(first.figures.filter((one) => one.subject === subject && one.name === "model bytes").length).toBeLessThan(
        2,
      );
  });

  it("leaves Ctrl-C to the system, which ends it at once: no stage gives a turn to who would listen", async () => {
    const heard: string[] = [];
    const listen = (signal: string | symbol) => heard.push(String(signal));
    process.on("newListener", listen);
    try {
      expect((await heptad("run", note, "--threads", "2")).status).toBe(0);
    } finally {
      process.off("newListener", listen);
    }
    expect(heard).not.toContain("SIGINT");
  });

  it("measures the same when everything is computed again", async () => {
    const first = await runJson();
    const again = await runJson("--from", "1");
    expect(rerun(again)).toHaveLength(again.steps.length);
    expect(repeatable(again)).toEqual(repeatable(first));
  });

  it("runs only steps 6 and 7 again when only section 6 changed", async () => {
    await runJson();
    const text = readFileSync(note, "utf8");
    writeFileSync(note, text.replace("replicas: 4", "replicas: 5"));
    const changed = await runJson();
    const again = new Set(changed.steps.filter(({ cached }) => !cached).map(({ step }) => step));
    expect([...again].every((step) => step >= 6)).toBe(true);
    expect(again.has(6)).toBe(true);
    writeFileSync(note, text);
  });

  it("makes a damaged result anew and says so: one bit had changed ndcg@10 without a word", async () => {
    const first = await runJson();
    const cache = join(folder, ".heptad", "cache");
    const { key } = first.steps.find(({ stage }) => stage === "evaluation") ?? { key: "" };
    for (const file of readdirSync(join(cache, key))) {
      const path = join(cache, key, file);
      const bytes = readFileSync(path);
      bytes[bytes.length - 2] ^= 1;
      writeFileSync(path, bytes);
    }
    const { stdout, stderr, status } = await heptad("run", note, "--threads", "2", "--json");
    expect(status).toBe(0);
    expect(stderr).toMatch(/damaged.*made anew/u);
    const again = runRecordSchema.parse(JSON.parse(stdout));
    expect(rerun(again)).toContain("evaluation");
    expect(repeatable(again)).toEqual(repeatable(first));
  });

  it("writes a damaged report anew while all stages are kept, and keeps `latest` and the ignore files", async () => {
    await runJson();
    const report = join(folder, "runs", "small", "latest", "report.html");
    const before = readFileSync(report, "utf8");
    writeFileSync(report, before.slice(0, 1000));
    expect(rerun(await runJson())).toEqual([]);
    expect(withoutTimes(readFileSync(report, "utf8"))).toBe(withoutTimes(before));
    for (const ours of ["runs", ".heptad"])
      expect(readFileSync(join(folder, ours, ".gitignore"), "utf8")).toContain("\n*\n");
  });

  /** The line at the foot of a report says how long this run took and what it kept. */
  function withoutTimes(html: string): string {
    expect(html).toContain("</html>");
    return html.replace(/(<footer class="colophon">[\s\S]*?<p>Heptad [^,]*)[^<]*/u, "$1");
  }

  it("writes the record and both reports, self-contained and called a simulation", async () => {
    await runJson();
    const id = "latest";
    const html = readFileSync(join(folder, "runs", "small", id, "report.html"), "utf8");
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)|<link/u);
    expect(html).toContain("Simulated data");
    expect(existsSync(join(folder, "runs", "small", id, "report.md"))).toBe(true);
  });

  it("records evidence under the sections once, however often, and leaves the rest of the note as it was", async () => {
    const before = readFileSync(note, "utf8");
    await heptad("run", note, "--record");
    const once = readFileSync(note, "utf8");
    await heptad("run", note, "--record");
    expect(readFileSync(note, "utf8")).toBe(once);
    expect(once).toContain("simulated data");
    expect(once.replaceAll(/\n\n<!-- heptad:evidence -->[\s\S]*?<!-- \/heptad:evidence -->/gu, "")).toBe(before);
    writeFileSync(note, before);
  });
});

describe("runs of one note at once", () => {
  it("do not take each other's results away: ENOENT and ENOTEMPTY ended one of two", async () => {
    const shared = temporaryFolder();
    const copy = join(shared, "small.md");
    const least = readFileSync(FIXTURE, "utf8")
      .replace("members: 80, items: 50", "members: 40, items: 30")
      .replace("trees: 10", "trees: 3");
    writeFileSync(copy, least);
    writeFileSync(join(shared, "heptad.yaml"), "");
    const runs = await Promise.all(
      [0, 1].map(
        () =>
          new Promise<{ status: number | null; text: string; errors: string }>((resolve) => {
            const child = spawn(process.execPath, [PROGRAM, "run", copy, "--threads", "1", "--from", "3", "--json"]);
            let [text, errors] = ["", ""];
            child.stdout.on("data", (part) => {
              text += String(part);
            });
            child.stderr.on("data", (part) => {
              errors += String(part);
            });
            child.once("close", (status) => resolve({ status, text, errors }));
          }),
      ),
    );
    for (const { status, errors } of runs) expect(status, errors).toBe(0);
    const [first, ...others] = runs.map(({ text }) => repeatable(runRecordSchema.parse(JSON.parse(text))));
    for (const one of others) expect(one).toEqual(first);
  });

  it("record their evidence before they print: with a reader that is gone nothing was recorded", async () => {
    const shared = temporaryFolder();
    const copy = join(shared, "small.md");
    // With the results of the runs before: what is tested comes after the last stage.
    cpSync(folder, shared, { recursive: true });
    writeFileSync(join(shared, "heptad.yaml"), "");
    const child = spawn(process.execPath, [PROGRAM, "run", copy, "--threads", "2", "--record"]);
    child.stdout.destroy();
    child.stderr.resume();
    await new Promise((resolve) => child.once("close", resolve));
    expect(readFileSync(copy, "utf8")).toContain("<!-- heptad:evidence -->");
  });
});

describe("a run that cannot be done", () => {
  const cases: readonly (readonly [what: string, from: string, to: string, code: string])[] = [
    ["an unknown model", "model: als", "model: als2", "unknown-model"],
    ["an unknown slice", "new titles]", "newish titles]", "unknown-slice"],
    ["an unknown metric", "recall@100", "recal@100", "unknown-metric"],
    ["an unknown ranker", "model: gbdt", "model: xgboost", "unknown-ranker"],
    ["a missing file", "format: simulated", "format: csv, path: nowhere.csv", ""],
    ["a key that is not known", "factors:", "factros:", "unknown-key"],
  ];
  for (const [what, from, to, code] of cases) {
    it(`says where and what to do about ${what}`, async () => {
      const wrong = join(folder, "wrong.md");
      writeFileSync(wrong, readFileSync(note, "utf8").replace(from, to));
      const { stderr, status } = await heptad("run", wrong);
      expect(status).toBe(2);
      expect(stderr).toContain(`error[${code}`);
      expect(stderr).not.toMatch(/at .*\.js:\d+/u);
      expect(stderr).toMatch(/fix: |did you mean/u);
    });
  }

  it("prints the failure as JSON where JSON was asked for", async () => {
    const { stdout, status } = await heptad("run", join(folder, "absent.md"), "--json");
    expect(status).toBe(2);
    expect(JSON.parse(stdout).failure.code).toBe("no-such-note");
  });
});
