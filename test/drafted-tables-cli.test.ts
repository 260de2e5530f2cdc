import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let folder = "";
beforeAll(() => {
  folder = temporaryFolder();
});

const heptad = (args: readonly string[]) => heptadHere(folder, args);

async function draft(name: string, file: string): Promise<string> {
  const { status, stderr } = await heptad(["new", name, "--data", file]);
  expect([status, stderr.includes("failed")]).toEqual([0, false]);
  return join(folder, "designs", `${name}.md`);
}

describe("a table without rows", () => {
  it("drafts no note: there is nothing that it could be drafted from", async () => {
    writeFileSync(join(folder, "bare.csv"), "user,item,at\n");
    const { status, stdout, stderr } = await heptad(["new", "--data", "bare.csv"]);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("there is no row in bare.csv");
    expect(existsSync(join(folder, "designs", "bare.md"))).toBe(false);
  });
});

describe("a file that is no text", () => {
  it.each(["movies.csv", "movies.parquet", "movies.jsonl"])(
    "is refused by its NUL byte as %s, and no note is written",
    async (file) => {
      const random = createRandom(7);
      const noise = Uint8Array.from({ length: 3000 }, () => random.below(256));
      noise[20] = 0;
      for (const bytes of [noise, Buffer.from("ELF\0\0\0\0 a,b\n1,2\n"), Buffer.from("user,item\n1,\0\n")]) {
        writeFileSync(join(folder, file), bytes);
        const { status, stdout, stderr } = await heptad(["new", "noise", "--data", file]);
        expect([status, stdout]).toEqual([2, ""]);
        expect(stderr).toContain("error[binary-file] the text holds a NUL byte");
        expect(stderr).not.toMatch(/DuckDB|Parser/u);
        expect(existsSync(join(folder, "designs", "noise.md"))).toBe(false);
      }
    },
  );
});

describe("a table whose label is empty in some rows", () => {
  const rows = (label: (at: number) => string): string =>
    `id,at,a,churned\n${Array.from({ length: 400 }, (_, at) => `${at},${1_700_000_000 + at * 5000},${(at * 7919) % 101},${label(at)}`).join("\n")}\n`;

  it("counts the labels that there are, asks what the others are, and names that as the next step", async () => {
    writeFileSync(
      join(folder, "gaps.csv"),
      rows((at) => (at % 40 === 3 ? "" : at % 5 === 0 ? "yes" : "no")),
    );
    const { stdout, status } = await heptad(["new", "gaps", "--data", "gaps.csv"]);
    expect(status).toBe(0);
    const note = readFileSync(join(folder, "designs", "gaps.md"), "utf8");
    expect(note).toContain("count: 390   # measured: filled cells of `churned`");
    expect(note).toContain("1. What are the 10 rows without `churned` (2.5%): does an empty cell say no");
    expect(stdout).toContain("next: decide question 1, where a run stops; then heptad check");
    const stopped = await heptad(["run", "designs/gaps.md"]);
    expect(stopped.stderr).toContain("error[missing-values]");
    writeFileSync(join(folder, "designs", "gaps.md"), note.replace("\ntime:", "\nrepair: { bad-number: drop }\ntime:"));
    const run = await heptad(["run", "designs/gaps.md", "--json"]);
    expect([run.status, run.stderr.includes("error[")]).toEqual([0, false]);
    const { figures } = runRecordSchema.parse(JSON.parse(run.stdout));
    expect(figures.find(({ name, step }) => name === "cases" && step === 3)?.value).toBe(390);
  });

  it("says nothing of it where every row has one", async () => {
    writeFileSync(
      join(folder, "full.csv"),
      rows((at) => (at % 5 === 0 ? "yes" : "no")),
    );
    const { stdout } = await heptad(["new", "full", "--data", "full.csv"]);
    expect(stdout).toContain("next: heptad check designs/full.md, then heptad run designs/full.md");
    const note = readFileSync(join(folder, "designs", "full.md"), "utf8");
    expect(note).toContain("count: 400   # measured\n");
    expect(note).not.toContain("without `churned`");
  });
});

describe("a table whose columns do not show what is predicted", () => {
  beforeAll(() => {
    const random = createRandom(4);
    const rows = Array.from({ length: 600 }, (_, at) => {
      const amount = 100 * random.uniform();
      const went = random.uniform() < amount / 200 ? "yes" : "no";
      return `${at},${1_700_000_000 + at * 5000},${amount.toFixed(2)},${random.below(2)},${went}`;
    });
    writeFileSync(join(folder, "moves.csv"), `id,at,amount,is_new,went\n${rows.join("\n")}\n`);
  });

  it("asks for it, and drafts no note: one for recommendation was written, and ran into a column that is not there", async () => {
    const { status, stdout, stderr } = await heptad(["new", "--data", "moves.csv"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("What is to be predicted?");
    expect(stderr).toContain("--label went; two values stand in `is_new`, `went`");
    expect(existsSync(join(folder, "designs", "moves.md"))).toBe(false);
  });

  it("drafts a classification of the column that is said, which is trained on that column and no other", async () => {
    const { status, stdout } = await heptad(["new", "moves", "--data", "moves.csv", "--label", "went"]);
    expect(status).toBe(0);
    expect(stdout).toContain("binary-classification");
    const note = readFileSync(join(folder, "designs", "moves.md"), "utf8");
    expect(note).toMatch(/label: went\b/u);
    expect(note).toMatch(/positive-rate: 2\d/u);
    expect((await heptad(["run", "designs/moves.md", "--json"])).status).toBe(0);
  });

  it("refuses a label that is not there, that holds more than two values, and options that it would not heed", async () => {
    const refusal = async (...args: string[]): Promise<string> =>
      (await heptad(["new", "no", "--data", "moves.csv", ...args])).stderr;
    expect(await refusal("--label", "wnet")).toContain("did you mean `went`?");
    expect(await refusal("--label", "amount")).toMatch(
      /`amount` is said to be the label and holds \d+ different numbers/u,
    );
    expect(await refusal("--system", "churn")).toContain("--system would be ignored");
    expect(existsSync(join(folder, "designs", "no.md"))).toBe(false);
  });

  it("is written to a note, whatever ending its name has", async () => {
    expect((await heptad(["new", "moves.csv", "--data", "moves.csv", "--label", "went"])).stdout).toContain(
      "designs/moves.csv.md",
    );
  });
});

describe("a table of which no row is whole", () => {
  it("is refused with its first torn row: it is not said to be empty", async () => {
    writeFileSync(join(folder, "torn.csv"), "user,item,at\n1,2\n3\n");
    const { status, stderr } = await heptad(["new", "--data", "torn.csv"]);
    expect(status).toBe(2);
    expect(stderr).toContain("error[malformed-row]");
    expect(stderr).toMatch(/torn\.csv, line 2/u);
    expect(stderr).toContain("no row is left");
  });
});

async function run(note: string): Promise<RunRecord> {
  const { stdout, stderr, status } = await heptad(["run", note, "--threads", "2", "--json"]);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return runRecordSchema.parse(JSON.parse(stdout));
}

function figureOf({ figures }: RunRecord, subject: string, name: string): number {
  return (
    figures.find((one) => one.subject === subject && one.name === name && one.slice === "all")?.value ?? Number.NaN
  );
}

/** Contracts: those from month to month and those who paid late leave more often. Names with blanks, words, empty cells, yes and no. */
function churn(): string {
  const random = createRandom(11);
  const lines = Array.from({ length: 2400 }, (_, at) => {
    const contract = ["Month-to-month", "One year", "Two year", ""][random.below(4)];
    const isLate = random.uniform() < 0.3;
    const charges = (20 + 80 * random.uniform()).toFixed(2);
    const odds = contract === "Month-to-month" ? 0.45 : contract === "" ? 0.2 : 0.06;
    const left = random.uniform() < odds + (isLate ? 0.2 : 0);
    const day = new Date(Date.UTC(2025, 0, 1) + Math.floor(at / 20) * 864e5).toISOString().slice(0, 10);
    return [at + 1, day, contract, isLate ? "Yes" : "No", charges, left ? "Yes" : "No"].join(",");
  });
  return `customerID,signup_date,Contract,Paid Late?,Monthly Charges,Churn\n${lines.join("\n")}\n`;
}

describe("the plan of a ranking", () => {
  it("counts the lists of members over items apart from the rows, where the note says how many there are", async () => {
    writeFileSync(
      join(folder, "seen.csv"),
      `user,item,ts\n${Array.from({ length: 500 }, (_, at) => `${at % 20},${at % 30},${1_600_000_000 + at * 900}`).join("\n")}\n`,
    );
    const note = await draft("seen", "seen.csv");
    const secondsOf = async (change: (text: string) => string): Promise<number> => {
      writeFileSync(note, change(readFileSync(note, "utf8")));
      const { stdout } = await heptad(["run", "designs/seen.md", "--plan", "--json"]);
      const plan: { readonly load: { readonly seconds: number } } = JSON.parse(stdout);
      return plan.load.seconds;
    };
    const small = await secondsOf((text) => text);
    const large = await secondsOf((text) => text.replace("users: { total: 20 }", "users: { total: 1M }"));
    expect(large - small).toBeCloseTo(120e-9 * (1e6 - 20) * 30, 6);
    expect(small).toBeLessThan(2);
  });
});

describe("a note drafted from a table of cases", () => {
  it("runs as it stands on words, yes and no, missing cells and names with blanks", async () => {
    writeFileSync(join(folder, "churn.csv"), churn());
    const note = await draft("churn", "churn.csv");
    const text = readFileSync(note, "utf8");
    // What only a person knows stands under its own word, not behind one that says measured.
    expect(text).toMatch(/^ {2}delay: \d+ d {3}# proposed, asked/mu);
    expect(text).not.toMatch(/delay: [^\n]*# measured/u);
    const record = await run(note);
    expect(figureOf(record, "data", "cases")).toBe(2400);
    // About the share of empty cells, and of the first days, on which no label was known yet.
    expect(figureOf(record, "Contract", "missing share")).toBeGreaterThan(0.2);
    expect(figureOf(record, "Contract", "missing share")).toBeLessThan(0.35);
    expect(figureOf(record, "model", "auc roc")).toBeGreaterThan(0.65);
  });

  it("says by --plan what a run would do, and runs nothing: what is kept, and no seconds of another note's stages", async () => {
    const kept = await heptad(["run", "designs/churn.md", "--plan"]);
    expect([kept.status, kept.stdout.split("\n")[0]]).toEqual([0, "nothing would run: all results are kept"]);
    expect(kept.stdout).toMatch(/^reads {3}about 2,400 rows in 1 file of [\d.]+ kB, estimated from their beginning$/mu);
    writeFileSync(join(folder, "later.csv"), churn().replaceAll("2025-", "2024-"));
    await draft("later", "later.csv");
    const { stdout } = await heptad(["run", "designs/later.md", "--plan"]);
    expect(stdout.split("\n")[0]).toMatch(/^(?<all>\d+) of \d+ stages would run$/u);
    expect(stdout).toMatch(/^3 {2}reading later\.csv +no result of it is kept$/mu);
    expect(existsSync(join(folder, "runs", "later"))).toBe(false);
    const json: unknown = JSON.parse((await heptad(["run", "designs/later.md", "--plan", "--json"])).stdout);
    expect(json).toMatchObject({ load: { source: { isCounted: false } }, machine: { cores: expect.any(Number) } });
  });

  it("stops with the place of a word in a column of numbers", async () => {
    writeFileSync(
      join(folder, "dirty.csv"),
      churn().replace(/^(?<id>100,[^\n]*,)[\d.]+(?<left>,\w+)$/mu, "$<id>abc$<left>"),
    );
    const { status, stderr } = await heptad(["run", await draft("dirty", "dirty.csv")]);
    expect(status).not.toBe(0);
    expect(stderr).toContain("`abc` in column `Monthly Charges` is no number");
    expect(stderr).toContain("line 101");
  });
});

describe("a column of words that hardly come back", () => {
  it("is no feature, whatever it is called; one of few words is", async () => {
    const random = createRandom(3);
    const rows = Array.from({ length: 400 }, (_, row) => {
      const left = random.below(2);
      return `q${row}x${random.below(900)},${["card", "cash", "app"][random.below(3)]},${random.below(90)},2024-01-${String(1 + Math.floor(row / 20)).padStart(2, "0")},${left}`;
    });
    writeFileSync(join(folder, "left.csv"), `charge_ref,channel,minutes,day,churned\n${rows.join("\n")}\n`);
    const note = readFileSync(await draft("left", "left.csv"), "utf8");
    expect(note).toContain("value(channel)");
    expect(note).not.toContain("value(charge_ref)");
  });
});
