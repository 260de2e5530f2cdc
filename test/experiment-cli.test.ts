import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { command } from "../src/cli/commands/experiment.ts";
import { parseArguments, runCommand } from "../src/cli/dispatch.ts";
import { createTerminal } from "../src/cli/terminal.ts";
import { FailureError } from "../src/core/outcome.ts";
import { createRandom } from "../src/core/random.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

async function experiment(...args: string[]): Promise<{ readonly code: number; readonly out: string }> {
  let out = "";
  const stream = { isTTY: false, columns: 110, write: (text: string) => (out += text) };
  const terminal = createTerminal({ stdin: {}, stdout: stream, stderr: stream, env: {} });
  const input = parseArguments(command, args, terminal);
  if (typeof input === "number") return { code: input, out };
  try {
    return { code: await runCommand(command, input, terminal), out };
  } catch (failure) {
    if (!(failure instanceof FailureError)) throw failure;
    const { code, message, where, at, fix } = failure.failure;
    const place = at === undefined ? (where ?? "") : `${at.file}:${at.start.line}:${at.start.column}`;
    return { code: 2, out: `${out}${code} | ${message} | ${place} | ${fix}` };
  }
}

/** A file of rows with two arms, the treated one a little better. */
function rows(name: string, units: readonly [control: number, treatment: number]): string {
  const random = createRandom(1);
  const lines = ["unit,arm,value,views,hides"];
  for (const [arm, count] of [
    ["control", units[0]],
    ["treatment", units[1]],
  ] as const) {
    for (let i = 0; i < count; i++) {
      const value = (arm === "control" ? 10 : 10.3) + random.normal();
      lines.push(`${arm[0]}${i},${arm},${value},${10 + random.poisson(5)},${random.uniform() < 0.1 ? 1 : 0}`);
    }
  }
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

describe("heptad experiment plan", () => {
  it("plans from numbers, in words and as JSON", async () => {
    const args = ["plan", "--baseline", "4%", "--effect", "2% relative", "--units-daily", "200k"];
    const words = await experiment(...args);
    expect(words.code).toBe(0);
    expect(words.out).toContain("950,887 units in the smallest arm");
    const json = JSON.parse((await experiment(...args, "--json")).out);
    expect(json.perArm).toBe(950_887);
    expect(json.duration.days).toBe(10);
  });

  it.each([
    ["--effect", ["--baseline", "4%", "--effect=-200% relative"]],
    // A number with a letter behind it is another number, or none.
    ["--units-daily", ["--baseline", "4%", "--effect", "5%", "--units-daily", "2x"]],
    ["--effect", ["--baseline", "4%", "--effect", "5x"]],
    ["--effect", ["--mean", "100", "--sd", "25", "--effect", "5 ms absolute"]],
    ["--power", ["--baseline", "4%", "--effect", "5%", "--power", "0.8x"]],
    ["--effect", ["--baseline", "4%", "--effect", "97% absolute"]],
    ["--effect", ["--mean", "0", "--sd", "2", "--effect", "2% relative"]],
    ["--baseline", ["--baseline", "0%", "--effect", "2% relative"]],
    ["--sd", ["--mean", "3", "--sd", "0", "--effect", "2% relative"]],
    ["--split", ["--baseline", "4%", "--effect", "2% relative", "--split", "60/30/10", "--arms", "2"]],
    ["--past-correlation", ["--mean", "3", "--sd", "2", "--effect", "2%", "--past-correlation", "1"]],
    [
      "--cluster-correlation",
      ["--mean", "3", "--sd", "2", "--effect", "2%", "--cluster-size", "9", "--cluster-correlation", "2"],
    ],
    ["--units-daily", ["--baseline", "4%", "--effect", "2%", "--units-daily", "0"]],
    ["--looks", ["--baseline", "4%", "--effect", "2%", "--looks", "3", "--method", "always-valid"]],
  ])("names an option that there is where a plan is refused: %s", async (place, args) => {
    const { code, out } = await experiment("plan", ...args);
    expect(code).toBe(2);
    expect(out.split(" | ")[2]).toBe(place);
    expect(command.options.map(({ name }) => `--${name}`)).toContain(place);
    expect(out).not.toMatch(/treated|delta|both, or neither/u);
  });

  it("counts a plan of unequal arms by its smallest, and speaks of a rate in points throughout", async () => {
    const args = [
      "--baseline",
      "4%",
      "--effect",
      "2% relative",
      "--split",
      "90/10",
      "--units-daily",
      "10k",
      "--days",
      "14",
    ];
    const { out } = await experiment("plan", ...args);
    expect(out).not.toContain(" an arm");
    expect(out).toMatch(/they find [\d.]+ points at best, not 0\.08 points/u);
  });

  it("plans a design, and lets options win over it", async () => {
    const design = "designs/movie-recommendations.md";
    expect((await experiment("plan", design)).out).toContain("find a change of 0.08 points (2% of 4%)");
    expect((await experiment("plan", design, "--effect", "1% absolute")).out).toContain("find a change of 1 point (");
  });

  it("says where a number that cannot be planned with stands: in the note, or at its option", async () => {
    const note = join(folder, "note.md");
    const text = readFileSync("designs/movie-recommendations.md", "utf8").replace("traffic: 100%", "traffic: 0%");
    writeFileSync(note, text);
    const line = text.slice(0, text.indexOf("traffic: 0%")).split("\n").length;
    expect((await experiment("plan", note)).out).toMatch(new RegExp(`traffic is 0.*note\\.md:${line}:\\d+ `, "u"));
    expect((await experiment("plan", note, "--traffic", "0%")).out).toContain("| --traffic |");
  });

  it.each([
    [["--baseline", "4%", "--effect", "2% relative", "--alpha", "1"], "alpha is 1"],
    [["--baseline", "4%", "--effect", "2% relative", "--units-daily", "1k", "--traffic", "0%"], "traffic is 0"],
    [["--baseline", "4%", "--effect", "2% relative", "--arms", "1"], "arms is 1"],
    [["--baseline", "4%"], "the effect is missing"],
    [["--effect", "2%"], "today's level is missing"],
    [["--baseline", "400%", "--effect", "2%"], "out of range"],
    [["--baseline", "4 ms", "--effect", "2%"], "a share"],
    [["--baseline", "4%", "--effect", "2%", "--method", "guess"], "is no method"],
    [["--baseline", "4%", "--effect", "2%", "--cluster-size", "50"], "needs --cluster-correlation"],
    [["--baseline", "4%", "--mean", "3", "--sd", "2", "--effect", "5% relative"], "a rate (--baseline) or a mean"],
    [["--baseline", "4%", "--effect", "2%", "--days", "14"], "--days needs --units-daily"],
    [["--baseline", "4%", "--effect", "2%", "--traffic", "10%"], "--traffic needs --units-daily or --units-total"],
    [["--baseline", "4%", "--effect", "2%", "--split", "100"], "is no split"],
    [["--baseline", "4%", "--effect", "2%", "--past", "before"], "plan does not take --past"],
    [["--baseline", "4%", "--effect", "2%", "--method", "always-valid", "--looks", "3"], "no planned looks"],
    [["--mean", "4", "--effect", "2%"], "--mean needs --sd"],
    [["--baseline", "4%", "--effect", "2%", "--method", "pocock"], "--method needs --looks"],
  ])("refuses %j", async (args, message) => {
    const { code, out } = await experiment("plan", ...args);
    expect(code).toBe(2);
    expect(out).toContain(message);
  });
});

describe("heptad experiment analyze", () => {
  it("says of a last line without an end that it may have been cut", async () => {
    const whole = rows("whole.csv", [20, 20]);
    expect((await experiment("analyze", whole)).out).not.toContain("without an end");
    const cut = join(folder, "cut.csv");
    writeFileSync(cut, readFileSync(whole, "utf8").trimEnd());
    expect((await experiment("analyze", cut)).out).toContain("found a last line without an end: `t19,treatment,");
  });

  it("reads rows with the line endings of Windows as it reads others", async () => {
    const path = rows("unix.csv", [200, 200]);
    const other = join(folder, "windows.csv");
    writeFileSync(other, readFileSync(path, "utf8").replaceAll("\n", "\r\n"));
    const [here, there] = [await experiment("analyze", path), await experiment("analyze", other)];
    expect(here.code).toBe(0);
    expect(there.out.replaceAll(other, path)).toBe(here.out);
    writeFileSync(other, readFileSync(other, "utf8").slice(0, -4));
    expect((await experiment("analyze", other)).code).toBe(2);
  });

  it("says what the effect is, and what would make it wrong", async () => {
    const path = rows("good.csv", [500, 500]);
    const { code, out } = await experiment("analyze", path, "--interference", "none", "--guardrail", "hides=+0.1");
    expect(code).toBe(0);
    expect(out).toMatch(/^treatment raises value by 0\.\d+/);
    expect(out).toContain("hides is protected under treatment");
    expect(out).toContain("What would make this wrong");
    const json = JSON.parse((await experiment("analyze", path, "--json", "--denominator", "views")).out);
    expect(json.arms[0].method).toBe("ratio, delta method");
  });

  it("refuses to read a lopsided split, unless it was planned", async () => {
    const path = rows("uneven.csv", [600, 400]);
    const uneven = await experiment("analyze", path);
    expect(uneven.code).toBe(1);
    expect(uneven.out).toContain("cannot be read: sample ratio mismatch");
    expect(uneven.out).not.toContain("effect    ");
    const planned = await experiment("analyze", path, "--share", "control=60%", "--share", "treatment=40%");
    expect(planned.code).toBe(0);
  });

  it("reads a planned look, and any look with an always-valid interval", async () => {
    const path = rows("looks.csv", [500, 500]);
    expect((await experiment("analyze", path, "--look", "1/5")).out).toContain("99.99949% interval");
    expect((await experiment("analyze", path, "--method", "always-valid", "--tau", "0.3")).code).toBe(0);
    expect((await experiment("analyze", path, "--method", "always-valid")).out).toContain("needs --tau");
    expect((await experiment("analyze", path, "--look", "6/5")).out).toContain("look 6 of 5 does not exist");
  });

  it("names the file that holds too few units", async () => {
    const path = rows("lonely.csv", [1, 50]);
    const { code, out } = await experiment("analyze", path);
    expect(code).toBe(2);
    expect(out).toContain(
      `too-few-units | arm \`control\` has 1 unit: without two there is no variance | ${path} | give`,
    );
  });

  it("refuses files and options that allow no analysis", async () => {
    const path = rows("some.csv", [20, 20]);
    const empty = join(folder, "empty.csv");
    writeFileSync(empty, "unit,arm,value\n");
    expect(await experiment("analyze", empty)).toMatchObject({ code: 2, out: expect.stringContaining("no-rows") });
    for (const [args, message] of [
      [[], "nothing to analyse"],
      [[join(folder, "absent.csv")], "no-such-file"],
      [[path, "--metric", "valeu"], "did you mean `value`?"],
      [[path, "--control", "contro"], "did you mean `control`?"],
      [[path, "--guardrail", "hides=0.1"], "which way is harm"],
      [[path, "--guardrail", "hides=+0"], "must be above 0"],
      [[path, "--alpha", "100%"], "alpha is 1"],
      [[path, "--baseline", "4%"], "analyze does not take --baseline"],
      [[path, "--tau", "0.3"], "belongs to --method always-valid"],
      [[path, "--denominator", "views", "--past", "hides"], "cannot be adjusted by its past"],
    ] as const) {
      const { code, out } = await experiment("analyze", ...args);
      expect(code).toBe(2);
      expect(out).toContain(message);
    }
    expect((await experiment("guess")).code).toBe(2);
  });
});

describe("rows that do not parse", () => {
  const good = Array.from({ length: 50 }, (_, i) => `${i},${i % 2 === 0 ? "control" : "treatment"},${i % 7}`);
  const write = (name: string, text: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const withRow = (row: string): string => `unit,arm,value\n${good.join("\n")}\n${row}\n${good[0]}9\n`;

  it.each([
    ["a thousands separator", withRow("90,treatment,1,150"), "line 52, column 1", "thousands separator"],
    ["a quote that is not closed", withRow('"90,treatment,4'), "line 52, column 1", "open quote"],
    ["a line that is cut", `unit,arm,value\n${good.join("\n")}\n90,treat`, "line 52, column 1", "a line that was cut"],
    ["another encoding", Buffer.from(withRow("J\u00fcrgen,treatment,4"), "latin1"), "line 52, column 2", "iconv"],
    ["a quoted thousands separator", withRow('90,treatment,"1,150"'), "line 52, column 3", "thousands"],
    ["a decimal comma", withRow('90,treatment,"4,5"'), "line 52, column 3", "thousands"],
    ["an empty value", withRow("90,treatment,"), "line 52, column 3", "write 0"],
  ])("are refused with their place: %s", async (name, text, place, fix) => {
    const path = write(`${name.replaceAll(" ", "-")}.csv`, text);
    const { code, out } = await experiment("analyze", path);
    expect(code).toBe(2);
    expect(out).toContain(`${path}, ${place}`);
    expect(out).toContain(fix);
    expect(out).toMatch(/^(malformed-row|not-utf8|broken-outcome) \| /u);
  });

  it("are left out and counted where that is asked for, and many of them make the experiment unreadable", async () => {
    const many = Array.from({ length: 300 }, (_, i) => `${i},${i % 2 === 0 ? "control" : "treatment"},${i % 7}`);
    const one = write("one-broken.csv", `unit,arm,value\n${many.join("\n")}\n900,treatment,1,150\n`);
    expect((await experiment("analyze", one)).code).toBe(2);
    const left = await experiment("analyze", one, "--drop-malformed");
    expect(left.code).toBe(0);
    expect(left.out.replaceAll(/\n +/gu, " ")).toContain(
      `of 301 rows 1 was left out, as asked (the first: ${one}, line 302, column 1`,
    );
    const few = write("many-broken.csv", `${withRow("90,treatment,1,150")}91,control,1,050\n`);
    const unread = await experiment("analyze", few, "--drop-malformed");
    expect(unread.code).toBe(1);
    expect(unread.out).toContain("This experiment cannot be read: rows that do not parse");
    // A value that is no number is another fault: the row parses, and leaving it out would move the mean.
    const wrong = write("wrong-value.csv", withRow('90,treatment,"4,5"'));
    expect((await experiment("analyze", wrong, "--drop-malformed")).code).toBe(2);
  });

  it("are refused in the outcomes' own file too, all of them counted", async () => {
    const assignments = write(
      "assign.csv",
      `unit,arm\n${good.map((row) => row.slice(0, row.lastIndexOf(","))).join("\n")}\n`,
    );
    const outcomes = write("out.csv", `unit,value\n0,1\n1,1,050\n2,3\n3,1,200.5\n`);
    const { code, out } = await experiment("analyze", assignments, "--outcomes", outcomes);
    expect(code).toBe(2);
    expect(out).toContain(`3 cells where 2 are due (and 1 more`);
    expect(out).toContain(`${outcomes}, line 3, column 1`);
  });
});

describe("the variants of a plan", () => {
  const planned = async (...args: string[]) =>
    JSON.parse((await experiment("plan", "--effect", "1% absolute", "--baseline", "10%", "--json", ...args)).out);

  // numbers.md, 10 % against 11 %; arcsine by statsmodels' NormalIndPower(alternative one tail of the far side left out).
  it.each([
    ["pooled-null", 14_751],
    ["unpooled", 14_749],
    ["arcsine", 14_745],
    ["rule-of-16", 14_400],
  ])("%s", async (formula, perArm) => {
    expect((await planned("--formula", formula)).perArm).toBe(perArm);
  });

  it("refuses a formula that does not exist or does not fit", async () => {
    const plan = ["plan", "--effect", "1% absolute", "--baseline", "10%"];
    expect((await experiment(...plan, "--formula", "chi")).out).toContain("use one of pooled null, unpooled");
    expect((await experiment(...plan, "--formula", "t")).out).toMatch(/for means.*--formula/u);
    expect((await experiment(...plan, "--cluster-variation", "0.5")).out).toContain("needs --cluster-size");
  });

  it("plans clusters in whole ones, and says that they are few", async () => {
    const args = ["plan", "--mean", "100", "--sd", "25", "--cluster-size", "10", "--cluster-correlation", "0.2"];
    const { out } = await experiment(...args, "--effect", "200 absolute", "--units-daily", "500");
    expect(out).toContain("20 units in the smallest arm, 40 in all");
    expect(out).toContain("2 clusters in the smallest arm: they are few");
  });

  it("plans a tiny mean by the t law, with at least two units", async () => {
    const tiny = await experiment("plan", "--mean", "10", "--sd", "1", "--effect", "5 absolute", "--json");
    expect(JSON.parse(tiny.out).perArm).toBe(3);
  });
});
