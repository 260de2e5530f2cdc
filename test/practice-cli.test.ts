import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardFormula, unguardFormula } from "../src/practice/csv.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const FOLDER = temporaryFolder();

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The program with lines on its standard input. */
async function heptad(
  args: readonly string[],
  lines: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const input = lines.map((line) => `${line}\n`).join("");
  const { status, stdout, stderr } = await heptadHere(process.cwd(), args, { input, env });
  return { code: status, out: stdout, err: stderr };
}

const practise = (args: readonly string[], lines: readonly string[], env?: Readonly<Record<string, string>>) =>
  heptad(["practice", ...args, "--folder", FOLDER], lines, env);

describe("heptad practice", () => {
  it("asks again, hints, forgives and explains, and keeps every answer", async () => {
    const { out, code } = await practise(
      ["replicas-by-littles-law", "--seed", "3"],
      ["?", "no idea", "138 pods @150", "138 pods @70"],
    );
    expect(code).toBe(0);
    expect(out).toContain("hint 1 (costs a quarter)");
    expect(out).toContain("cannot be read as one number");
    expect(out).toContain("nobody is 150% sure");
    expect(out).toContain("right (1 hint: 75% of the score)");
    expect(out).toContain("`pods` was taken as what is counted");
    expect(out).toContain("# Little's law");
    const progress = JSON.parse((await heptad(["progress", "--json", "--folder", FOLDER])).out);
    expect(progress).toMatchObject({ answers: 1, questions: 1, calibration: { answers: 1 } });
  });

  it("speaks JSON lines, the same for the same seed", async () => {
    const run = () =>
      heptad(
        ["practice", "--gauntlet", "--count", "3", "--seed", "11", "--json", "--folder", temporaryFolder()],
        ["-", "-", "-"],
      );
    const read = (ran: Ran) =>
      ran.out
        .trim()
        .split("\n")
        .map((line): Record<string, unknown> => JSON.parse(line));
    const [first, second] = [read(await run()), read(await run())];
    expect(first.filter((line) => "question" in line)).toHaveLength(3);
    expect(first.at(-1)).toMatchObject({ summary: { answered: 3, open: 3 } });
    expect(second[0]).toEqual(first[0]);
  });

  it("keeps nothing of a dry run", async () => {
    const folder = temporaryFolder();
    const args = ["practice", "embedding-table-size", "--seed", "5", "--dry-run", "--json", "--folder", folder];
    const { out, code } = await heptad(args, ["49.2 GB @80"]);
    expect(code).toBe(0);
    expect(out).toContain('"verdict":"right"');
    expect(existsSync(join(folder, "history"))).toBe(false);
    expect(existsSync(join(folder, ".heptad"))).toBe(false);
  });

  it("lets a friend answer the same questions", async () => {
    const file = join(FOLDER, "challenge.json");
    expect((await heptad(["bank", "export", "challenge", file, "--area", "fraud", "--count", "2"])).code).toBe(0);
    const run = () => practise(["--challenge", file, "--json"], ["-", "-"]);
    const asked = async () => (await run()).out.split("\n").filter((line) => line.startsWith('{"question"'));
    expect(await asked()).toEqual(await asked());
    expect(readFileSync(file, "utf8")).not.toContain("answer");
  });

  it.each([
    [["practice", "replicas-by-litles-law"], "did you mean `replicas-by-littles-law`"],
    [["practice", "--area", "fruad"], "did you mean `fraud`"],
    [["practice", "--level", "9"], "from 1 to 6"],
    [["practice", "--daily", "--gauntlet"], "leave one out"],
    [["plan", "--until", "2020-01-01"], "not in the future"],
    [["plan", "--until", "soon"], "6 weeks"],
    [["plan", "--until", "0 days"], "not in the future"],
    [["plan", "--roadmap", "candidat"], "did you mean `candidate`"],
    [["bank", "chek"], "did you mean `check`?"],
    [["bank", "export", "word", "x"], "use anki, csv"],
  ])("says what to do about %j", async (args, words) => {
    const { code, err } = await heptad(
      [...args, "--folder", FOLDER].slice(0, args[0] === "bank" ? args.length : undefined),
    );
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

describe("free text", () => {
  const text =
    "I put a number on each assumption and write it down. It drives a choice. If it were off by ten times the design changes. The riskiest I check in week one.";

  it("is ticked and quoted before, and the person decides", async () => {
    const { out } = await practise(["requirements-explain-assumptions", "--json"], [text, "y y y n"]);
    const lines = out
      .trim()
      .split("\n")
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(lines.find((line) => "rubric" in line)).toMatchObject({ proposed: [true, true, true, true] });
    expect(lines.find((line) => "grade" in line)).toMatchObject({ grade: { verdict: "right", score: 0.75 } });
  });

  describe("with a language model", () => {
    let reply = "";
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += String(chunk);
      });
      request.on("end", () => {
        bodies.push(body);
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ choices: [{ message: { content: reply } }] }));
      });
    });
    let url = "";
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      url = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}/v1` : "";
    });
    afterAll(() => server.close());
    const judged = async () =>
      (await practise(["requirements-explain-assumptions", "--json"], [text, ""], { HEPTAD_LLM_URL: url })).out
        .trim()
        .split("\n")
        .map((line): Record<string, unknown> => JSON.parse(line));

    it("believes only what it can quote, and shows the evidence", async () => {
      const point = (covered: boolean, quote: string) => ({ covered, quote, reason: "because" });
      reply = `Sure! ${JSON.stringify({ points: [point(true, "put a number on each assumption"), point(true, "words that were never said"), point(false, ""), point(true, "The riskiest I check")] })}`;
      const lines = await judged();
      expect(lines.find((line) => "rubric" in line)).toMatchObject({ proposed: [true, false, false, true] });
      expect(JSON.stringify(lines)).toContain("its quotation does not stand in the text");
      expect(bodies.at(-1)).toContain("<answer>");
    });

    it("falls back to the words when the model answers nonsense", async () => {
      reply = "I would give it an A.";
      const lines = await judged();
      expect(JSON.stringify(lines)).toContain("did not answer point by point");
      expect(lines.find((line) => "grade" in line)).toMatchObject({ grade: { verdict: "right" } });
    });
  });
});

describe("decks", () => {
  it("carry questions to Anki and back without losing a character", async () => {
    const deck = join(FOLDER, "deck.apkg");
    expect((await heptad(["bank", "export", "anki", deck, "--area", "llm"])).code).toBe(0);
    const { out } = await heptad(["bank", "import", deck, join(FOLDER, "drafts")]);
    expect(out).toContain("drafts written");
    const csv = join(FOLDER, "deck.csv");
    await heptad(["bank", "export", "csv", csv, "--area", "llm"]);
    const again = await heptad(["bank", "import", csv, join(FOLDER, "from-csv")]);
    expect(/^\d+/u.exec(again.out)?.[0]).toBe(/^\d+/u.exec(out)?.[0]);
    const twice = await heptad(["bank", "import", deck, join(FOLDER, "drafts")]);
    expect(twice.out).toMatch(/^0 drafts written to .*, \d+ were there already/u);
  });

  it("refuse what would unpack to gigabytes, what is damaged and what is no file, in one line", async () => {
    const bomb = join(FOLDER, "bomb.apkg");
    writeFileSync(bomb, zipSync({ "collection.anki2": new Uint8Array(128 * 2 ** 20 + 1) }, { level: 1 }));
    const damaged = join(FOLDER, "damaged.apkg");
    const text = new TextEncoder().encode(`SQLite format 3\0${"x".repeat(5000)}`);
    writeFileSync(damaged, zipSync({ "collection.anki2": text }));
    for (const [file, words] of [
      [bomb, "unpacks to more than 128 MB"],
      [damaged, "damaged"],
      [FOLDER, "no file"],
    ]) {
      const { code, err } = await heptad(["bank", "import", file, join(FOLDER, "refused")]);
      expect(code).toBe(2);
      expect(err).toContain(words);
      expect(err).not.toContain("    at ");
    }
  });

  it("leave no formula in a table, and read it back as it was", () => {
    for (const text of ["+1+1", "=cmd()", "-2", "@x", "'=1", "plain", "'quoted'"]) {
      const written = guardFormula(text);
      expect(written).not.toMatch(/^[=+\-@]/u);
      expect(unguardFormula(written)).toBe(text);
    }
  });
});
