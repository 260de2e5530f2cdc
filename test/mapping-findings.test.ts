import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { mappingFindings } from "../src/node/mapping-findings.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const START = Date.UTC(2024, 0, 1) / 1000;

interface Written {
  readonly system?: string;
  readonly front?: string;
  readonly frame?: string;
  readonly data: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes a note with its files, and gives its path and text. */
function write({ system = "recommendation", front = "", frame = "", data, files = {} }: Written) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const block = (text: string): string => (text === "" ? "" : `\n\`\`\`yaml\n${text}\n\`\`\`\n`);
  const text = `---\nheptad: 1\ntitle: T\nsystem: ${system}\n${front}---\n# T\n\n## 2. Frame the ML problem\n${block(frame)}\n## 3. Data engineering and feature pipeline\n${block(data)}\n## 4. Model selection and architecture\n${block("stages: [{ name: candidates, model: als }]")}`;
  const note = join(folder, "note.md");
  writeFileSync(note, text);
  return { note, text };
}

async function look(written: Written) {
  const { note, text } = write(written);
  const found = await mappingFindings(note, text);
  return (found?.findings ?? []).map(({ code, severity, message, at, fix }) => ({
    code,
    severity,
    message,
    marked: text.slice(at.start.offset, at.end.offset),
    fix,
  }));
}

const random = createRandom(3);
const events = (line: (at: number) => string, count = 200): string =>
  `user_id,item_id,stars,ts\n${Array.from({ length: count }, (_, at) => line(at)).join("\n")}\n`;
const plain = (at: number): string => `u${at % 17},i${at % 23},${1 + (at % 5)},${START + at * 3600}`;
const SOURCE =
  "source: { format: csv, path: events.csv, columns: { member: user_id, title: item_id, rating: stars } }\ntime: ts";

it("says of a model or a stage that it needs what the source does not say", async () => {
  const { note, text } = write({ data: SOURCE, files: { "events.csv": events(plain) } });
  const ofStages = async (stages: string) => {
    const changed = text.replace("stages: [{ name: candidates, model: als }]", stages);
    const found = (await mappingFindings(note, changed))?.findings ?? [];
    return found.map(({ code, severity, fact, at }) => ({
      code,
      severity,
      fact,
      line: changed.slice(at.start.offset, at.end.offset),
    }));
  };
  const content = "[{ name: candidates, model: content }]";
  expect(await ofStages(`stages: ${content}`)).toEqual([
    { code: "HP343", severity: "error", fact: "4.stages[0]", line: content.slice(1, -1) },
  ]);
  const diverse = "[{ name: candidates, model: als }, { name: re-ranking, rule: mmr, keep: 5 }]";
  expect(await ofStages(`stages: ${diverse}`)).toEqual([
    { code: "HP343", severity: "warning", fact: "4.stages[1]", line: "{ name: re-ranking, rule: mmr, keep: 5 }" },
  ]);
});

describe("a mapping that is held against its files", () => {
  it("is quiet where the files bear it out", async () => {
    expect(await look({ data: SOURCE, files: { "events.csv": events(plain) } })).toEqual([]);
  });

  it("counts what contradicts the row that is kept: the first or the last, as the note says", async () => {
    const thrice = (at: number): string => plain(at).replace(/,\d,/u, `,${at === 2 ? 1 : 5},`);
    const rows = (at: number): string =>
      at < 3
        ? thrice(at).replace(/^u\d+,i\d+|\d+$/gu, (key) => (key.startsWith("u") ? "u0,i0" : String(START)))
        : plain(at);
    const kept = async (which: string) =>
      (await look({ data: `${SOURCE}\nrepair: { duplicates: ${which} }`, files: { "events.csv": events(rows) } })).map(
        ({ code, message }) => [code, message],
      );
    expect(await kept("keep-first")).toEqual([
      ["HP335", expect.stringMatching(/1 of them with another value; the first of each is kept/u)],
    ]);
    expect(await kept("keep-last")).toEqual([
      ["HP335", expect.stringMatching(/2 of them with another value; the last of each is kept/u)],
    ]);
  });

  it("names the nearest column for one that is not there, at its place in the note", async () => {
    const [found, ...more] = await look({
      data: SOURCE.replace("item_id", "item_di"),
      files: { "events.csv": events(plain) },
    });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: "HP330", severity: "error", marked: "item_di" });
    expect(found.fix).toBe("did you mean `item_id`?");
  });

  it("gives the share of rows without a moment, and of those with none of a value", async () => {
    const text = events((at) => (at % 10 === 3 ? `u1,i${at},,soon` : plain(at)));
    const found = await look({ data: SOURCE, files: { "events.csv": text } });
    expect(found.map(({ code, severity }) => `${code} ${severity}`)).toEqual(["HP332 error", "HP336 warning"]);
    expect(found[0].message).toContain("20 of 200 rows (10%) have no moment in `ts`");
    expect(found[0].message).toContain("`soon` is the first");
    expect(found[1].message).toContain("20 of 200 rows (10%) have no rating in `stars` and are left out");
    const dropped = await look({
      data: `${SOURCE}\nrepair: { bad-number: drop, missing: error }`,
      files: { "events.csv": text },
    });
    expect(dropped.map(({ code, severity }) => `${code} ${severity}`)).toEqual(["HP332 warning", "HP336 error"]);
  });

  it("gives the share of rows whose event has no name, and the event that no row holds", async () => {
    const text = `user,item,what,ts\n${Array.from({ length: 100 }, (_, at) => `u${at % 7},i${at % 9},${at % 4 === 0 ? "buy" : "look"},${START + at * 60}`).join("\n")}\n`;
    const source = (named: string): string =>
      `source: { format: csv, path: e.csv, columns: { member: user, title: item, event: what }${named} }\ntime: ts`;
    const [open] = await look({ data: source(""), files: { "e.csv": text } });
    expect(open).toMatchObject({ code: "HP333", severity: "error" });
    expect(open.message).toContain("100 of 100 rows (100%)");
    const [half] = await look({ data: source(", events: { buy: purchase }"), files: { "e.csv": text } });
    expect(half).toMatchObject({ code: "HP333", severity: "warning" });
    expect(half.message).toContain("75 of 100 rows (75%) hold an event that has no name in the note: `look` (75)");
    const slip = await look({ data: source(", events: { buy: purchase, lok: view }"), files: { "e.csv": text } });
    expect(slip.map(({ message, fix }) => `${message} ${fix}`).join()).toContain(
      "no row holds the event `lok` in `what`; there are `look` (75), `buy` (25) did you mean `look`?",
    );
  });

  it("gives the share of identifiers that a side table knows", async () => {
    const items = `id,name\n${Array.from({ length: 12 }, (_, at) => `i${at},Item ${at}`).join("\n")}\n`;
    const data = SOURCE.replace(
      "rating: stars }",
      "rating: stars }, titles: { path: items.csv, columns: { title: id, name: name } }",
    );
    const [half] = await look({ data, files: { "events.csv": events(plain), "items.csv": items } });
    expect(half).toMatchObject({ code: "HP334", severity: "warning" });
    expect(half.message).toContain("12 of the 23 titles in the rows (52.2%) are in items.csv");
    const none = await look({
      data,
      files: { "events.csv": events(plain), "items.csv": items.replaceAll(/^i/gmu, "x") },
    });
    // The header of the side table begins with the same letter.
    expect(none.map(({ code, severity }) => `${code} ${severity}`)).toContain("HP330 error");
    const wrong = await look({
      data,
      files: { "events.csv": events(plain), "items.csv": items.replaceAll(/^i(?=\d)/gmu, "x") },
    });
    expect(wrong).toMatchObject([{ code: "HP334", severity: "error" }]);
    expect(wrong[0].message).toContain("none of the 23 titles");
  });

  it("counts rows that repeat another, and those that contradict it", async () => {
    const text = events((at) =>
      at % 20 === 1 ? plain(at - 1).replace(/,\d,/u, ",9,") : at % 20 === 3 ? plain(at - 1) : plain(at),
    );
    const [found] = await look({ data: SOURCE, files: { "events.csv": text } });
    expect(found).toMatchObject({ code: "HP335", severity: "warning" });
    expect(found.message).toContain(
      "20 of 200 rows (10%) repeat the member, title, time of another, 10 of them with another value",
    );
  });

  it("counts as repeated what a run compares: rows that it cannot read are not one and the same", async () => {
    const dated = (at: number): string => plain(at).replace(/\d+$/u, (ts) => (at % 4 === 3 ? "soon" : ts));
    const who = (at: number): string => plain(at).replace(/^u\d+/u, at % 50 === 0 ? "" : "$&");
    // Every row stands twice: 50 of 200 without a moment, and 4 without a member.
    const rows = Array.from({ length: 200 }, (_, at) =>
      at % 4 === 3 ? dated(at).replace(/^u\d+,i\d+/u, "u1,i1") : who(at),
    );
    const text = `user_id,item_id,stars,ts\n${[...rows, ...rows].join("\n")}\n`;
    const data = `${SOURCE}\nrepair: { bad-number: drop }`;
    const found = (await look({ data, files: { "events.csv": text } })).find(({ code }) => code === "HP335");
    expect(found?.message).toContain(
      "146 of 292 rows (50%) that can be read repeat the member, title, time of another; the last of each is kept",
    );
    const whole = `user_id,item_id,stars,ts\n${[...Array.from({ length: 200 }, (_, at) => plain(at)), plain(7)].join("\n")}\n`;
    const [one] = await look({ data, files: { "events.csv": whole } });
    expect(one.message).toContain("1 of 201 rows (0.5%) repeat the member");
  });

  it("counts no repeated row of an event that has no name, and none whose value is no number", async () => {
    const repeatedIn = async (data: string, file: string, head: string, rows: readonly string[]) => {
      const text = `${head}\n${[...rows, ...rows].join("\n")}\n`;
      return (await look({ data, files: { [file]: text } })).find(({ code }) => code === "HP335")?.message;
    };
    const done = (at: number): string => `u${at % 7},i${at % 9},${at % 4 === 0 ? "buy" : "look"},${START + at * 60}`;
    const named =
      "source: { format: csv, path: e.csv, columns: { member: user, title: item, event: what }, events: { buy: purchase } }\ntime: ts";
    const bought = Array.from({ length: 100 }, (_, at) => done(at));
    expect(await repeatedIn(named, "e.csv", "user,item,what,ts", bought)).toContain(
      "25 of 50 rows (50%) that can be read repeat",
    );
    const rated = Array.from({ length: 100 }, (_, at) =>
      at % 50 === 0 ? plain(at).replace(/,\d,/u, ",-,") : plain(at),
    );
    const mended = `${SOURCE}\nrepair: { bad-number: drop }`;
    expect(await repeatedIn(mended, "events.csv", "user_id,item_id,stars,ts", rated)).toContain(
      "98 of 196 rows (50%) that can be read repeat",
    );
  });

  it("counts amounts that are written in two ways as one, as a run reads them", async () => {
    const rows = Array.from(
      { length: 60 },
      (_, at) => `${START + at * 600},c${at % 5},s${at % 3},${1 + (at % 9)}.5,${Number(at % 10 === 0)}`,
    );
    const text = `time,customer,terminal,amount,fraud\n${[...rows, rows[0].replace("1.5", "1.50")].join("\n")}\n`;
    const data = "source: { format: csv, path: p.csv }";
    const [found] = await look({ system: "fraud-detection", data, files: { "p.csv": text } });
    expect(found.message).toContain("1 of 61 rows (1.6%) repeat the time, customer, terminal, amount of another; the");
    const by = "repair: { duplicates: { keep: last, by: [time, customer, amount] } }";
    const asWritten = await look({ system: "fraud-detection", data: `${data}\n${by}`, files: { "p.csv": text } });
    expect(asWritten.filter(({ code }) => code === "HP335")).toEqual([]);
    const twice = `${text}${rows[3]}\n`;
    const [again] = await look({ system: "fraud-detection", data: `${data}\n${by}`, files: { "p.csv": twice } });
    expect(again.message).toContain("1 of 62 rows (1.6%) repeat the time, customer, amount of another");
  });

  it("says that nothing is wanted, with what there is", async () => {
    const [found] = await look({
      frame: 'label: { event: rating, positive: ">= 7" }',
      data: SOURCE,
      files: { "events.csv": events(plain) },
    });
    expect(found).toMatchObject({ code: "HP337", severity: "error" });
    expect(found.message).toBe("no row is rating >= 7: the data holds `rating`; `stars` goes from 1 to 5");
    const [other] = await look({
      frame: "label: { event: purchase }",
      data: SOURCE,
      files: { "events.csv": events(plain) },
    });
    expect(other.message).toContain("no row is purchase: the data holds `rating`");
  });

  const cases = (line: (at: number, isYes: boolean) => string, header: string): string =>
    `${header}\n${Array.from({ length: 400 }, (_, at) => line(at, random.uniform() < 0.2)).join("\n")}\n`;
  const CASES =
    "source: { format: csv, path: c.csv, columns: { label: left } }\ntime: day\nfeatures:\n  - { name: a, entity: row, aggregate: value(a) }\n  - { name: b, entity: row, aggregate: value(b) }";
  const day = (at: number): string => new Date((START + at * 86_400) * 1000).toISOString().slice(0, 10);

  it("says that a label holds one value, and what is none", async () => {
    const same = cases((at) => `${day(at)},${at % 5},2,0`, "day,a,b,left");
    const [found] = await look({ system: "binary-classification", data: CASES, files: { "c.csv": same } });
    expect(found).toMatchObject({ code: "HP337", severity: "error" });
    expect(found.message).toContain("labelled 0 in column `left`");
    const odd = cases((at, isYes) => `${day(at)},${at % 5},2,${at === 7 ? "perhaps" : Number(isYes)}`, "day,a,b,left");
    const [none] = await look({ system: "binary-classification", data: CASES, files: { "c.csv": odd } });
    expect(none).toMatchObject({ code: "HP339", severity: "error" });
    expect(none.message).toContain("`perhaps` in column `left` is no label");
  });

  it("finds a column whose values, and one whose numbers, give the label away; honest ones are left alone", async () => {
    const text = cases(
      (at, isYes) =>
        `${day(at)},${isYes ? "closed" : ["open", "new"][at % 2]},${(isYes ? 5 : 1) + random.uniform()},${Number(isYes)}`,
      "day,a,b,left",
    );
    const found = await look({ system: "binary-classification", data: CASES, files: { "c.csv": text } });
    expect(found.map(({ code, severity }) => `${code} ${severity}`)).toEqual(["HP338 error", "HP338 error"]);
    expect(found[0].message).toContain("`a` gives the label away: 100% of the positives have closed there");
    expect(found[1].message).toContain("`b` gives the label away: its high numbers alone");
    const honest = cases(
      (at, isYes) => `${day(at)},${["x", "y", "z"][at % 3]},${(isYes ? 0.5 : 0) + random.normal()},${Number(isYes)}`,
      "day,a,b,left",
    );
    expect(await look({ system: "binary-classification", data: CASES, files: { "c.csv": honest } })).toEqual([]);
  });

  it("counts cases that are the same in every cell, which a run keeps once at one moment and all of without time", async () => {
    const text = cases((at, isYes) => `${day(at)},${at % 7},${random.normal()},${Number(isYes)}`, "day,a,b,left");
    const lines = text.trimEnd().split("\n");
    const twice = [
      ...lines,
      ...lines.slice(1, 11),
      lines[20].replace(/,\d$/u, (label) => (label === ",1" ? ",0" : ",1")),
    ];
    const of = async (data: string) =>
      (await look({ system: "binary-classification", data, files: { "c.csv": twice.join("\n") } })).map(
        ({ code, severity, message }) => `${code} ${severity}: ${message}`,
      );
    const [same, ...more] = await of(CASES);
    expect(more).toEqual([]);
    expect(same).toBe(
      "HP335 warning: 10 of 411 rows (2.4%) are the same as another in every cell; the last of each is kept",
    );
    const timeless = CASES.replace("time: day", "time: none\nsplit: { by: random, test: 20% }");
    expect(await of(timeless)).toEqual([expect.stringMatching(/10 of 411 rows .* in every cell; all are kept/u)]);
    expect(await of(`${CASES}\nrepair: { duplicates: { keep: all } }`)).toEqual([
      expect.stringMatching(/^HP335 advice: 10 of .* in every cell; all are kept/u),
    ]);
    const numbered = CASES.replace("label: left", "label: left, id: c").replace("c.csv", "d.csv");
    const withIds = twice.map((line, at) => `${line},${at === 0 ? "c" : at % 4 === 0 ? "" : at === 5 ? 6 : at}`);
    const [shared] = await look({
      system: "binary-classification",
      data: numbered,
      files: { "d.csv": withIds.join("\n") },
    });
    // Row 5 has the number of row 6; a hundred rows without one are not one row.
    expect(shared.message).toMatch(/^1 of 411 rows .* repeat the id of another/u);
    // A note that names columns is held by them alone.
    expect(await of(`${CASES}\nrepair: { duplicates: { keep: last, by: [day, a, b] } }`)).toEqual([
      expect.stringMatching(/11 of 411 rows .* repeat the day, a, b of another, 1 of them with another label/u),
    ]);
  });

  it("asks about payments that contradict each other, and rows known before they happened", async () => {
    const rows = Array.from(
      { length: 60 },
      (_, at) => `${START + at * 600},c${at % 5},s${at % 3},${at % 9}.5,${Number(at % 10 === 0)}`,
    );
    const text = `time,customer,terminal,amount,fraud\n${[...rows, rows[0].replace(/1$/u, "0")].join("\n")}\n`;
    const [found] = await look({
      system: "fraud-detection",
      data: "source: { format: csv, path: p.csv }",
      files: { "p.csv": text },
    });
    expect(found).toMatchObject({ code: "HP335", severity: "error" });
    expect(found.message).toContain(
      "1 of 61 rows (1.6%) repeat the time, customer, terminal, amount of another, 1 of them with another label; which one counts?",
    );
    const late = cases(
      (at, isYes) => `${day(at)},${at % 5},2,${Number(isYes)},${day(at + (at % 4 === 0 ? -2 : 2))}`,
      "day,a,b,left,seen",
    );
    const known = CASES.replace("label: left } }", "label: left }, known: { column: seen } }");
    const [early] = await look({ system: "binary-classification", data: known, files: { "c.csv": late } });
    expect(early).toMatchObject({ code: "HP341", severity: "warning" });
    expect(early.message).toContain("100 of 400 rows (25%) are known before they happened");
  });

  it("says that a file cannot be read, or is not here", async () => {
    const [broken] = await look({
      data: SOURCE,
      files: { "events.csv": `${events(plain)}u1,i1\n` },
    });
    expect(broken).toMatchObject({ code: "HP340", severity: "error" });
    const [absent] = await look({ data: SOURCE });
    expect(absent).toMatchObject({ code: "HP331", severity: "advice", marked: "events.csv" });
  });

  it("is waived by the note with a reason, and asked of no note without files", async () => {
    const text = events((at) => (at < 2 ? plain(0) : plain(at)));
    const { note, text: written } = write({
      front: 'waive: [{ rule: repeated-rows, reason: "two taps on one button" }]\n',
      data: SOURCE,
      files: { "events.csv": text },
    });
    const found = await mappingFindings(note, written);
    expect(found?.findings).toEqual([]);
    expect(found?.waived.map(({ reason }) => reason)).toEqual(["two taps on one button"]);
    const none = write({ data: "source: { format: simulated }" });
    expect(await mappingFindings(none.note, none.text)).toBeUndefined();
  });

  it("is what `check` prints and what `run` begins with", async () => {
    const { note } = write({
      frame: "task: ranking",
      data: SOURCE.replace("item_id", "item_di"),
      files: { "events.csv": events(plain) },
    });
    const heptad = (...args: readonly string[]) => heptadHere(process.cwd(), args);
    expect((await heptad("check", note, "--format", "line")).stdout).toContain("HP330 there is no column `item_di`");
    expect((await heptad("check", note, "--format", "line", "--without-data")).stdout).not.toContain("HP330");
    const run = await heptad("run", note);
    expect(run.status).not.toBe(0);
    expect(run.stderr).toContain("error[column-not-in-file] there is no column `item_di`");
    expect(run.stderr).not.toContain("training");
  });
});
