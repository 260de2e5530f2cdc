import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { proposedFacts } from "../../../note/proposed-facts.ts";
import { parseDesign } from "../../design.ts";
import { draftNote } from "./draft-note.ts";
import { profileFiles } from "./files-profile.ts";
import { openQuestions } from "./open-questions.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

const ROWS = 300;
const START = 1_600_000_000;
const lines = (line: (at: number) => string, count = ROWS): string =>
  `${Array.from({ length: count }, (_, at) => line(at)).join("\n")}\n`;

async function look(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const paths = Object.keys(files).map((name) => join(folder, name));
  const profile = await profileFiles({ sql, files: createInputFiles() }, paths);
  const options = { title: "Drafted", date: "2026-01-31", relative: (path: string) => path.replace(/^.*\//u, "") };
  return { profile, note: draftNote(profile, options), questions: openQuestions(profile).join("\n") };
}

describe("side tables without names", () => {
  const ratings = lines(
    (at) => `${1 + ((at * 7) % 30)}\t${1 + ((at * 11) % 50)}\t${1 + (at % 5)}\t${START + 3600 * at}`,
  );
  const films = lines((at) => `${at + 1}|Film ${at + 1} (1999)|01-Jan-1999||${at % 2}`, 50);
  const people = lines(
    (at) => `${at + 1}|${20 + (at % 9)}|${at % 2 === 0 ? "F" : "M"}|${["nurse", "cook"][at % 2]}`,
    30,
  );

  it("describe whom their first column is most like, though the other's identifiers stand in it too", async () => {
    const { profile, note, questions } = await look({ "u.data": ratings, "u.item": films, "u.user": people });
    expect(profile.joins).toMatchObject([
      { to: "u.item", column: "2", toColumn: "1", share: 1 },
      { to: "u.user", column: "1", toColumn: "1", share: 1 },
    ]);
    expect(note).toContain("rows say who (column 1) did something with what (column 2)");
    expect(note).toContain("items: { count: 50 }   # measured: different values of column 2");
    expect(note).toContain("personal: [member]");
    expect(questions).toContain("From which column 3 on did somebody like it? It goes from 1 to 5.");
    expect(note).toContain("titles: { path: u.item, columns: { title: 1, name: 2 } }");
    expect(note).toContain("profiles: { path: u.user, columns: { member: 1, a_2: 2, a_3: 3, a_4: 4 } }");
  });

  it("describe people though an age and a trade look like who and what: their first column names each of them once", async () => {
    const log = lines(
      (at) => `${1 + ((at * 7) % 300)}\t${1 + ((at * 11) % 50)}\t${1 + (at % 5)}\t${START + 3600 * at}`,
      900,
    );
    const trades = ["nurse", "cook", "writer", "other", "student"];
    const persons = lines(
      (at) =>
        `${at + 1}|${20 + ((at * 13) % 45)}|${at % 2 === 0 ? "F" : "M"}|${trades[(at * 7) % 5]}|${10_000 + 37 * at}`,
      300,
    );
    const { profile, note, questions } = await look({ "u.data": log, "u.user": persons });
    expect(profile.joins).toMatchObject([{ to: "u.user", column: "1", toColumn: "1", share: 1 }]);
    expect(note).toContain("profiles: { path: u.user, columns: { member: 1, a_2: 2, a_3: 3, a_4: 4, a_5: 5 } }");
    expect(questions).not.toContain("u.user");
  });

  it("of the same beginning are told apart where both are logs", async () => {
    const other = ratings.replaceAll("\t5\t", "\t4\t");
    const { questions } = await look({ "u.base": ratings, "u.later": other });
    expect(questions).toContain("`path: { base: …/u.base, later: …/u.later }`");
  });

  it("are left out where no column is a key, or none of its values is known", async () => {
    const twice = films + films;
    const strangers = lines((at) => `${at + 1000}|Film ${at}`, 50);
    const { profile, note } = await look({ "u.data": ratings, "u.item": twice, "x.item": strangers });
    expect(profile.joins).toEqual([]);
    expect(note).not.toContain("titles:");
  });
});

it("takes no table for a description that has several rows of one item, and asks what they say", async () => {
  const events = `user_id,item_id,ts\n${lines((at) => `${at % 9},${at % 30},${START + at}`)}`;
  const properties = (each: number): string =>
    `item_id,name,value\n${lines((at) => `${Math.floor(at / each)},n${at % 4},v${at}`, 30 * each)}`;
  const several = await look({ "events.csv": events, "properties.csv": properties(2) });
  expect(several.profile.joins).toEqual([]);
  expect(several.note).not.toContain("titles:");
  expect(several.questions).toContain(
    "What do the 60 rows of properties.csv say of the rows that they name by `item_id`?",
  );
  expect((await look({ "events.csv": events, "properties.csv": properties(1) })).note).toContain("titles:");
});

it("proposes no identifier as a label because a file of two rows holds two of them", async () => {
  const books = (rows: number): string =>
    `ISBN;Book-Title;Kind\n${lines((at) => `${at % 2}95;Book ${at % 2};${at % 2 === 0 ? "poem" : "novel"}`, rows)}`;
  await expect(look({ "books.csv": books(2) })).rejects.toMatchObject({
    failure: { code: "nothing-to-predict", fix: expect.stringMatching(/^add a column of two values that says it/u) },
  });
  await expect(look({ "books.csv": books(20) })).rejects.toMatchObject({
    failure: { fix: expect.stringMatching(/^say it by --label Kind; two values stand in/u) },
  });
});

it("knows a list of photos and a folder of them, and says how they are run", async () => {
  const listed = (ending: string): string =>
    `path,label,item\n${lines((at) => `cups/${at}.${ending},${["cup", "plate", "bowl"][at % 3]},cup${at >> 1}`)}`;
  await expect(look({ "list.csv": listed("jpg") })).rejects.toMatchObject({
    failure: {
      code: "photos-listed",
      message: expect.stringContaining("`path` names files of photos"),
      fix: expect.stringMatching(/new NAME --data PATH.*columns: \{ path: path, label: … \}/u),
    },
  });
  await expect(look({ "list.csv": listed("md") })).rejects.toMatchObject({ failure: { code: "nothing-to-predict" } });
  const folder = temporaryFolder();
  mkdirSync(join(folder, "cups"));
  writeFileSync(join(folder, "cups", "1.jpg"), "");
  await expect(profileFiles({ sql, files: createInputFiles() }, [folder])).rejects.toMatchObject({
    failure: { code: "no-files", fix: expect.stringContaining("new NAME --data PATH") },
  });
});

describe("a second moment beside a label", () => {
  const table = (later: (at: number) => string): string =>
    `ts,amount,paid_at,default_flag\n${lines((at) => `${START + 3600 * at},${at % 40}.5,${later(at)},${at % 7 === 0 ? 1 : 0}`)}`;
  // 95 % of the delays lie within 2 days: 0 to 47.5 hours, evenly.
  const delayed = (at: number): number => START + 3600 * at + ((at * 37) % 100) * 1800;

  it("is proposed as when the label was known where each row has it, and asked about with its delay", async () => {
    const { profile, note, questions } = await look({ "loans.csv": table((at) => String(delayed(at) + 60)) });
    const { later } = profile.files[0].profile;
    expect(later).toMatchObject({ column: "paid_at", share: 1 });
    expect(Math.abs((later?.within ?? 0) / (95 * 1800) - 1)).toBeLessThan(0.03);
    expect(note).toContain("known: { column: paid_at }   # proposed");
    expect(note).toContain(
      "delay: 2 d   # proposed, asked: is `paid_at` when the label was known? 95% of them lie within 2 d of `ts`",
    );
    expect(questions).toContain(
      "Is `paid_at` the moment at which `default_flag` was known? It stands in 100% of the rows",
    );
  });

  it("says how long labels take where only some rows have it, and is not taken for the moment of them all", async () => {
    const { note, questions } = await look({
      "loans.csv": table((at) => (at % 7 === 0 ? String(delayed(at) + 60) : "")),
    });
    expect(note).not.toContain("known:");
    expect(note).toContain("# proposed, asked: is `paid_at` when the label was known?");
    expect(questions).toMatch(/It stands in 14\.3% of the rows, never before `ts`/u);
  });

  it("is not spoken of where it lies before the row, or at the same moment, or hardly anywhere", async () => {
    for (const later of [
      (at: number) => String(delayed(at) + (at === 5 ? -200_000 : 60)),
      (at: number) => String(START + 3600 * at),
      // The same moment by a clock that is three days ahead, and one beyond the whole history.
      (at: number) => String(START + 3600 * at + 3 * 86_400),
      (at: number) => String(START + 3600 * at + 40 * 86_400 + at * 60),
      (at: number) => (at < 19 ? String(delayed(at) + 60) : ""),
    ]) {
      const { profile, questions } = await look({ "loans.csv": table(later) });
      expect(profile.files[0].profile.later).toBeUndefined();
      expect(questions).toContain("How long after the row is `default_flag` known? The data does not show it.");
    }
  });
});

it("states no goal in a drafted note: only a person can say it, so that the question stands there as a comment", async () => {
  const { note } = await look({
    "loans.csv": `ts,amount,default_flag\n${lines((at) => `${START + 3600 * at},${at % 40}.5,${at % 7 === 0 ? 1 : 0}`)}`,
  });
  expect(note).toMatch(/^# goal: .* # asked$/mu);
  expect(parseDesign(note, "drafted.md").design?.clarify.goal).toBeUndefined();
});

it("takes a value that only a person can say for accepted nowhere: a run was said to rest on all facts but the delay of its labels", async () => {
  const { note } = await look({
    "pay.csv": `ts,card,merchant,amount,fraud\n${lines((at) => `${START + 3600 * at},c${at % 30},m${at % 9},${at % 40}.5,${at % 7 === 0 ? 1 : 0}`)}`,
  });
  const { design } = parseDesign(note, "drafted.md");
  if (design === undefined) throw new Error("the draft cannot be read");
  const proposed = proposedFacts(design);
  for (const path of ["1.labels.delay", "2.label.window", "2.threshold"]) expect(proposed.has(path), path).toBe(true);
  for (const path of ["1.labels.count", "2.label.event", "3.time"]) expect(proposed.has(path), path).toBe(false);
});

describe("what a draft says was measured of time", () => {
  const HOUR = 3600;
  const churn = (rows: number, days: number): string =>
    `customer_id,since,spend,churned\n${lines((at) => `${at + 1},${START - 3000 * 24 * HOUR + Math.round((at * days * 24 * HOUR) / (rows - 1))},${(at * 37) % 101}.5,${at % 4 === 0 ? "Yes" : "No"}`, rows)}`;

  it("is a rate of rows as low as it is, and never rounded up to one a day", async () => {
    expect((await look({ "a.csv": churn(60, 3961) })).note).toContain("predictions: 0.0151/day   # measured");
    expect((await look({ "a.csv": churn(400, 150) })).note).toContain("predictions: 2.67/day   # measured");
    expect((await look({ "a.csv": churn(600, 20) })).note).toContain("predictions: 30/day   # measured");
    const { note } = await look({ "a.csv": churn(60, 3961) });
    expect(parseDesign(note, "a.md").design?.clarify.predictions?.value).toBeCloseTo(0.0151 / 86_400, 12);
  });

  it("is a history in hours where it is less than a day", async () => {
    expect((await look({ "a.csv": churn(60, 0.5) })).note).toContain("history: 12 h   # measured");
  });

  it("leads to a capacity for reviews that is a share of a day's payments", async () => {
    const payments = (rows: number, days: number): string =>
      `txn,card,merchant,amount,paid_at,is_fraud\n${lines((at) => `${at},c${(at * 7) % 90},m${(at * 11) % 20},${(at * 37) % 101}.25,${START + Math.round((at * days * 24 * HOUR) / (rows - 1))},${at % 40 === 0 ? 1 : 0}`, rows)}`;
    expect((await look({ "p.csv": payments(2000, 10) })).note).toContain("capacity: 2/day }   # proposed, asked");
    expect((await look({ "p.csv": payments(400, 100) })).note).toContain("capacity: 1/day }");
  });
});
