import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { draftNote } from "./draft-note.ts";
import { profileFiles } from "./files-profile.ts";
import { openQuestions } from "./open-questions.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

async function look(files: Readonly<Record<string, readonly string[]>>) {
  const folder = temporaryFolder();
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  const profile = await profileFiles(
    { sql, files: createInputFiles() },
    Object.keys(files).map((name) => join(folder, name)),
  );
  const note =
    profile.system === "unknown"
      ? ""
      : draftNote(profile, { title: "Drafted", date: "2026-01-31", relative: (path) => path.replace(/^.*\//u, "") });
  return { profile, note, questions: openQuestions(profile).join("\n") };
}

const rows = (head: string, line: (at: number) => string): readonly string[] => [
  head,
  ...Array.from({ length: 300 }, (_, at) => line(at)),
];
const who = (at: number): string => `${1 + ((at * 7) % 30)},${1 + ((at * 11) % 50)}`;
const when = (at: number): number => 1_600_000_000 + 3600 * at;

describe("orders of which some are taken back", () => {
  const orders = (quantity: (at: number) => number | string): readonly string[] =>
    rows("order_id,user,item,ts,quantity", (at) => `o${at},${who(at)},${when(at)},${quantity(at)}`);

  it("are unwanted below 0, counted and asked about, and told apart by their own identifier", async () => {
    const { note, questions } = await look({ "orders.csv": orders((at) => (at % 10 === 0 ? -1 : 2)) });
    expect(note).toContain('label: { event: rating, positive: "> 0", negative: "< 0" }');
    expect(note).toContain("columns: { member: user, title: item, rating: quantity, id: order_id }");
    expect(questions).toContain("Are the 30 of 300 rows whose `quantity` lies below 0 returned or cancelled?");
  });

  it("are all wanted where none is, and only asked about where a run could not read every cell", async () => {
    const none = await look({ "orders.csv": orders((at) => 1 + (at % 3)) });
    expect(none.note).toContain("label: { event: view }");
    expect(none.questions).not.toContain("below 0");
    const torn = await look({ "orders.csv": orders((at) => (at % 10 === 0 ? -1 : at === 5 ? "" : 2)) });
    expect(torn.note).toContain("label: { event: view }");
    expect(torn.questions).toContain("whose `quantity` lies below 0 returned or cancelled? The draft takes no notice");
  });

  it("are asked about where a word says it", async () => {
    const { questions } = await look({
      "orders.csv": rows("user,item,ts,status", (at) => `${who(at)},${when(at)},${at % 9 === 0 ? "returned" : "sent"}`),
    });
    expect(questions).toContain("Are rows wanted that `status` calls `returned`?");
  });

  it("are not asked about again by their amounts where an event already says it", async () => {
    const acts = (last: string) =>
      look({
        "acts.csv": rows(
          "user,item,ts,action,amount",
          (at) => `${who(at)},${when(at)},${at % 10 === 0 ? last : "checkout"},${at % 10 === 0 ? -9 : 1 + (at % 50)}`,
        ),
      });
    const said = await acts("refund");
    expect(said.note).toContain("label: { event: checkout, negative: [refund] }");
    expect(said.questions).not.toContain("below 0");
    expect((await acts("other")).questions).toContain("Are the 30 of 300 rows whose `amount` lies below 0");
  });

  it("are not told apart by a mere count of rows", async () => {
    const { note } = await look({ "orders.csv": rows("index,user,item,ts", (at) => `${at},${who(at)},${when(at)}`) });
    expect(note).toContain("columns: { member: user, title: item }");
  });
});

describe("a log of what was shown and whether it was clicked", () => {
  it("calls the clicks wanted, the rest only shown, and asks", async () => {
    const { note, questions } = await look({
      "shown.csv": rows(
        "ts,user_id,ad_id,position,clicked",
        (at) => `${when(at)},${who(at)},${1 + (at % 4)},${at % 10 === 0 ? 1 : 0}`,
      ),
    });
    expect(note).toContain("label: { event: click }   # proposed: the rows whose `clicked` is 1");
    expect(note).toMatch(/columns: \{ member: user_id, title: ad_id, event: clicked, position: position \}/u);
    expect(note).toContain('events: { "0": impression, "1": click }');
    expect(note).toContain("positive-rate: 10%");
    expect(note).not.toContain("delay:");
    expect(questions).toContain("Is a row wanted where `clicked` is `1` (10% of 300 rows)");
  });

  it("asks about clicks that stand in a file of their own", async () => {
    const looked = look({
      "shown.csv": rows("request_id,ts,user_id,ad_id", (at) => `r${at},${when(at)},${who(at)}`),
      "clicks.csv": [
        "request_id,clicked_at",
        ...Array.from({ length: 40 }, (_, at) => `r${at * 3},${when(at * 3) + 5}`),
      ],
    });
    await expect(looked).rejects.toThrow(
      "clicks.csv names 40 of the 300 rows of shown.csv by `request_id`, and nothing in shown.csv says which of its rows were wanted",
    );
  });
});

it("proposes a bound that somebody can give: a whole one where all ratings are", async () => {
  const rated = (value: (at: number) => string) =>
    look({ "ratings.csv": rows("user,item,rating,ts", (at) => `${who(at)},${value(at)},${when(at)}`) });
  expect((await rated((at) => String(1 + (at % 10)))).note).toContain('positive: ">= 8"');
  expect((await rated((at) => String(1 + (at % 19) / 2))).note).toContain('positive: ">= 7.8"');
});

it("takes the mean for a bound where the range is more than four times as long as the way to it", async () => {
  // Of 400 values of 0 to 100, as many are 100 as make the mean 25, or a little less.
  const noted = async (full: number) =>
    (
      await look({
        "ratings.csv": rows(
          "user,item,rating,ts",
          (at) => `${who(at)},${at < full ? 100 : at === 299 ? 1 : 0},${when(at)}`,
        ),
      })
    ).note;
  expect(await noted(76)).toContain('positive: ">= 75"');
  expect(await noted(74)).toContain('positive: ">= 25"');
});

describe("headings in other languages", () => {
  it.each([
    "Kunde;Artikel;Datum",
    "Kundennr;Produkt;Datum",
    "client;article;date",
    "id_utilisateur;produit;date",
    "cliente;producto;fecha",
    "usuario;Artículo;fecha",
  ])("say who and what: %s", async (head) => {
    const { profile } = await look({ "t.csv": rows(head, (at) => `${who(at).replace(",", ";")};${when(at)}`) });
    expect(profile.system).toBe("recommendation");
  });

  it("reads a decimal comma as the draft declares it, and asks", async () => {
    const { note, questions } = await look({
      "t.csv": rows("Kunde;Artikel;ts;Preis", (at) => `${who(at).replace(",", ";")};${when(at)};${at % 5},50`),
    });
    expect(questions).toMatch(
      /Are numbers written as in `\d,50` of `Preis`\? The draft reads them so: `decimal: ","`/u,
    );
    expect(note).toContain('  decimal: ","\n');
  });
});

describe("events whose names do not say which is wanted", () => {
  it("are asked about first, and none that takes something back is drafted as wanted", async () => {
    const coded = await look({
      "t.csv": rows("user,item,ts,event", (at) => `${who(at)},${when(at)},${at % 9 === 0 ? 2 : 1}`),
    });
    expect(coded.questions).toMatch(/^What do `1`, `2` of `event` stand for.*the draft takes `2`, the rarest\./u);
    const back = await look({
      "t.csv": rows("user,item,ts,type", (at) => `${who(at)},${when(at)},${at % 9 === 0 ? "RETURN" : "DELIVERY"}`),
    });
    expect(back.note).toContain("label: { event: delivery, negative: [return] }");
    const sold = await look({
      "t.csv": rows("user,item,ts,type", (at) => `${who(at)},${when(at)},${at % 9 === 0 ? "VISIT" : "SALE"}`),
    });
    expect(sold.note).toContain("label: { event: sale }");
  });

  it("a column that holds one mark or nothing may say what was undone", async () => {
    const { questions } = await look({
      "t.csv": rows("user,item,ts,Storniert", (at) => `${who(at)},${when(at)},${at % 9 === 0 ? "X" : ""}`),
    });
    expect(questions).toMatch(/Are rows wanted that `Storniert` speaks of\?/u);
    const returned = await look({
      "t.csv": rows("user,item,ts,was returned", (at) => `${who(at)},${when(at)},${at % 9 === 0 ? 1 : 0}`),
    });
    expect(returned.questions).toContain("`heptad new --data … --label 'was returned'` drafts what predicts it.");
  });
});

describe("numbers, months and days that stand for none", () => {
  it("are asked about and read, however large", async () => {
    const { questions, profile } = await look({
      "t.csv": rows(
        "user,item,month,limit,valid_to",
        (at) =>
          `${who(at)},2024-0${1 + (at % 6)},${at % 5 === 0 ? "1.7976931348623157e308" : at},${at % 7 === 0 ? "2024-05-01" : "9999-12-31"}`,
      ),
    });
    expect(questions).toMatch(/Does `1\.797\S*` in `limit`/u);
    expect(questions).toMatch(/Does `9999-12-31` in `valid_to`/u);
    expect(profile.files[0].profile.time?.column).toBe("month");
  });
});

it("asks first whether what people do again is meant, where most rows repeat who and what: a run finds only what is new", async () => {
  const again = await look({
    "basket.csv": rows("customer,product,when", (at) => `c${at % 10},p${(at % 10) + (at % 3)},${when(at)}`),
  });
  expect(again.questions).toMatch(
    /^Is it what somebody does for the first time .* again\? 90% of the rows name the same `customer` and `product` as an earlier row\./u,
  );
  const fresh = await look({
    "basket.csv": rows("customer,product,when", (at) => `c${at % 10},p${Math.floor(at / 10)},${when(at)}`),
  });
  expect(fresh.questions).not.toMatch(/for the first time/u);
});
