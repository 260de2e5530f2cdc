import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { command } from "../src/cli/commands/estimate.ts";
import { parseArguments, runCommand } from "../src/cli/dispatch.ts";
import { createTerminal } from "../src/cli/terminal.ts";
import { FailureError } from "../src/core/outcome.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const NOTE = "test/fixtures/sized-recommendations.md";
const folder = temporaryFolder();

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function estimate(...args: string[]): Promise<Ran> {
  let out = "";
  let error = "";
  const stream = (keep: (text: string) => void) => ({
    isTTY: false,
    columns: 110,
    write: (text: string) => keep(text),
  });
  const terminal = createTerminal({
    stdin: {},
    stdout: stream((text) => {
      out += text;
    }),
    stderr: stream((text) => {
      error += text;
    }),
    env: {},
  });
  const input = parseArguments(command, args, terminal);
  if (typeof input === "number") return { code: input, out, error };
  try {
    return { code: await runCommand(command, input, terminal), out, error };
  } catch (failure) {
    if (!(failure instanceof FailureError)) throw failure;
    const { message, fix, where, at } = failure.failure;
    return { code: 2, out, error: `${error}${message} | ${where ?? ""} | ${at?.start.line ?? ""} | ${fix}` };
  }
}

describe("heptad estimate", () => {
  it("computes an expression, with variables and formulas by name", async () => {
    expect(await estimate("50M items * 128 dims * 4 bytes -> GB")).toEqual({
      code: 0,
      out: "50M items × 128 dims × 4 bytes = 25.6 GB\n",
      error: "",
    });
    const { out } = await estimate("little_law(rate: n, time: 85 ms)", "--set", "n=1200/s");
    expect(out).toContain("little_law(rate: 1200/s, time: 85 ms) = 102");
  });

  it("names the comma of `rate: 1,200/s` in a call, where it said that `rate` is no plain number", async () => {
    for (const call of ["little_law(rate: 1,200/s, time: 50 ms)", "little-law(time: 50 ms, rate: 1,200/s)"]) {
      const { code, error } = await estimate(call);
      expect(code).toBe(2);
      expect(error).toContain("inside a call a comma parts values, so `1,200` can be one number or several");
      expect(error).toContain("write `1200`");
    }
  });

  it("takes a number below zero for an expression, and asks for numbers in words in digits", async () => {
    expect((await estimate("-3 GB")).out).toBe("-3 GB\n");
    expect((await estimate("--", "-3 GB")).out).toBe("-3 GB\n");
    expect((await estimate("a dozen GPUs")).error).toContain("a number is written in words: `a dozen GPUs`");
    for (const [words, digits] of [
      ["two hundred thousand users * 4 bytes", "`200000 users * 4 bytes`"],
      ["it costs eight dollars a thousand requests", "`8 dollars per 1000 requests`"],
      ["one GB", "`1 GB`"],
    ])
      expect((await estimate(words)).error).toContain(digits);
  });

  it("points at a unit error, and prints nothing else", async () => {
    const { code, out, error } = await estimate("400/s + 3 GB/ms");
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain("400/s + 3 GB/ms\n^^^^^^^^^^^^^^^");
    expect(error).toContain("1/second cannot be added to byte/second");
  });

  it.each(["any-system"])("finds every limit held in the note that a %s begins with", async (template) => {
    const { code, out } = await estimate(`library/templates/${template}.md`, "--verbose");
    expect(out).toContain("every limit of the note holds");
    expect(code).toBe(0);
  });

  it("sizes a design, every step of it", async () => {
    const { code, out } = await estimate(NOTE, "--verbose");
    expect(code).toBe(0);
    for (const words of [
      "peak = average × peak_factor = 400/s × 3x = 1200 req/s",
      "replicas = ceil(in_flight / (slots × utilization)) = ceil(14.28 / (8 × 60%)) = 3",
      "holds: 4 replicas carry the peak",
      "otherwise: flat 998 kB",
      "assumed: copies of each byte 3x (the formula's default)",
      "assumed: price of storage $0.02/GB/month",
      "largest: serving replicas",
      "assumed: entities with a row 40M (20 pairs for each of 2M people; measure yours)",
    ]) {
      expect(out).toContain(words);
    }
  });

  it("answers a what-if, with exit code 1 when a limit breaks", async () => {
    const { code, out } = await estimate(NOTE, "--set", "1.requests.average=4k/s");
    expect(out).toMatch(
      /^moved by --set: traffic, storage of the request log, .* and \d+ more;\sthe rest is computed/mu,
    );
    expect(code).toBe(1);
    expect(out).toMatch(/limits break\n\nBreaks\n {2}4 replicas no longer carry the peak\n/u);
    const all = await estimate(NOTE, "--set", "1.requests.average=4k/s", "--verbose");
    expect(all.out).toContain("broken: 4 replicas no longer carry the peak");
  });

  it("says each answer on a line, at most 40 lines of 100 columns, with how much of it was assumed", async () => {
    const notes = [NOTE, "designs/card-fraud.md", "designs/bad/movie-recommendations.md", "test/notes/movies.md"];
    for (const note of notes) {
      const { out } = await estimate(note);
      const lines = out.trimEnd().split("\n");
      expect(lines.length).toBeLessThanOrEqual(40);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
    }
    const { out } = await estimate(NOTE);
    expect(out).toContain(": every limit that can be checked holds\n");
    expect(out).toMatch(/ {2}1 {2}traffic +1200 req\/s {2}400\/s × 3x\n/u);
    expect(out).toMatch(/ {2}3 {2}storage of the request log +14\.81 TB {2}10\.37 TB \/ 70% \(4 assumed\)\n/u);
  });

  it("sees that ranking takes 80 of its 30 ms, as the review does", async () => {
    const { code, out } = await estimate("designs/bad/movie-recommendations.md");
    expect(code).toBe(1);
    expect(out).toContain("  ranking works 80 ms a request and has 30 ms (6.serving.budget.ranking)\n");
  });

  it("prints JSON with values in base units", async () => {
    const { sheets, simulation } = JSON.parse((await estimate(NOTE, "--json")).out);
    expect(sheets[0].lines[0]).toMatchObject({ name: "peak", value: 1200 });
    expect(simulation.p99).toBeLessThan(0.075);
  });

  it("sweeps a fact, names the crossings and draws them", async () => {
    const file = join(folder, "items.svg");
    const { code, out } = await estimate(NOTE, "--sweep", "1.items.count=10k..1bn", "--svg", file);
    expect(code).toBe(0);
    expect(out).toContain("above 93.8M items the flat index no longer fits one 24 GB machine");
    const svg = readFileSync(file, "utf8");
    expect(svg.startsWith("<svg xmlns=")).toBe(true);
    expect(svg).toContain("above 93.8M items the flat index no longer fits one 24 GB machine");
    expect(svg).not.toContain("NaN");
  });

  it("refuses a note with a wrong unit at its line, without any partial output", async () => {
    const file = join(folder, "wrong.md");
    writeFileSync(file, readFileSync(NOTE, "utf8").replace("average: 400/s", "average: 3 GB/ms"));
    const { code, out, error } = await estimate(file);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain("`3 GB/ms` is byte/second, but a rate of events belongs here");
    expect(error).toContain("wrong.md:16:22");
  });

  it.each([
    [[NOTE, "--set", "1.requests.average=0/s"], "traffic: no requests arrive"],
    [[NOTE, "--set", "1.users.daily"], "is no KEY=VALUE"],
    [[NOTE, "--svg", "x.svg"], "--svg needs --sweep"],
    [["1 + 1", "--sweep", "a=1..2"], "only a design can be swept"],
    [["nowhere.md"], "there is no file nowhere.md"],
  ])("refuses %j", async (args, words) => {
    const { code, out, error } = await estimate(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain(words);
  });
});

it("says what a fact that is set has not moved: ten times the users stood above limits that hold at the old traffic", async () => {
  const { out } = await estimate(NOTE, "--set", "1.users.daily=20M");
  expect(out).toMatch(/^moved by --set: in a year: users, /mu);
  expect(out).not.toMatch(/^moved by --set: .*traffic/mu);
  const { out: same } = await estimate(NOTE, "--set", "1.users.daily=2M");
  expect(same).toContain("moved by --set: nothing; every answer is computed from other facts");
});
