import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

const DAY = 86_400;
const START = Date.parse("2024-01-01T00:00:00Z") / 1000;
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
const lines = (head: string, line: (at: number) => string, count = 300): string =>
  `${[head, ...Array.from({ length: count }, (_, at) => line(at))].join("\n")}\n`;

async function look(name: string, text: string) {
  const path = join(temporaryFolder(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const profile = await profileFiles({ sql, files: createInputFiles() }, [path]);
  const [file] = profile.files;
  const roles = new Map(file.profile.columns.map((column) => [column.role, column.name]));
  return { profile, roles, questions: openQuestions(profile).join("\n") };
}

const noteOf = (profile: Awaited<ReturnType<typeof look>>["profile"]): string =>
  draftNote(profile, { title: "Drafted", date: "2026-01-31", relative: (path) => path });

describe("the moment of a row", () => {
  it("is the one that each row has, where an export fills an order's cells in its first line alone", async () => {
    const { roles, profile } = await look(
      "orders_export.csv",
      lines("Name,Email,Paid at,Lineitem quantity,Lineitem sku,Created at", (at) => {
        const order = Math.floor(at / 2);
        const moment = (later: number): string =>
          `${iso(START + order * 7201 + later)
            .slice(0, 19)
            .replace("T", " ")} -0500`;
        return `#${1000 + order},p${(order * 7) % 40}@example.com,${at % 2 === 0 ? moment(120) : ""},${1 + (at % 2)},SKU-${(at * 11) % 30},${moment(0)}`;
      }),
    );
    expect([roles.get("member"), roles.get("item"), roles.get("time")]).toEqual([
      "Email",
      "Lineitem sku",
      "Created at",
    ]);
    expect(profile.system).toBe("recommendation");
  });

  it("is the finer of one that is told by day and to the microsecond", async () => {
    const { roles } = await look(
      "ga4.csv",
      lines("event_date,event_timestamp,event_name,user_pseudo_id,item_id", (at) => {
        const moment = START + at * 4001;
        return `${iso(moment).slice(0, 10).replaceAll("-", "")},${moment * 1e6 + at},${["view_item", "purchase"][at % 2]},u${at % 40},i${(at * 7) % 30}`;
      }),
    );
    expect(roles.get("time")).toBe("event_timestamp");
  });

  it("stays the first of two that are called otherwise, though the second has more values", async () => {
    const { roles } = await look(
      "orders.csv",
      lines("order_date,user_id,item_id,shipped_at", (at) => {
        const moment = START + at * 4001;
        return `${iso(moment).slice(0, 10)},u${at % 40},i${(at * 7) % 30},${iso(moment + 2 * DAY)}`;
      }),
    );
    expect(roles.get("time")).toBe("order_date");
  });

  it("of days counts the last one whole, as the history that a draft calls measured", async () => {
    const { profile } = await look(
      "days.csv",
      lines(
        "day,user_id,item_id",
        (at) => `${iso(START + Math.floor(at / 30) * DAY).slice(0, 10)},u${at % 40},i${(at * 7) % 30}`,
      ),
    );
    expect(noteOf(profile)).toContain("history: 10 d   # measured");
  });

  it("is asked for where a row has none, as a line of totals has", async () => {
    const row = (at: number): string => `${iso(START + at * DAY).slice(0, 10)},u${at % 40},i${(at * 7) % 30},2`;
    const { questions } = await look("sums.csv", `${lines("date,customer_id,product_id,quantity", row)},Total,,600\n`);
    expect(questions).toContain("What is the one row without `date`? A line of totals is none of the rows");
    expect((await look("rows.csv", lines("date,customer_id,product_id,quantity", row))).questions).not.toContain(
      "without `date`",
    );
  });
});

describe("files", () => {
  const json = (at: number): string =>
    JSON.stringify({ user: `u${at % 40}`, item: `i${(at * 7) % 30}`, ts: START + at });

  it("of JSON that end in the middle of their last line are said to be cut short, with the line", async () => {
    const text = Array.from({ length: 300 }, (_, at) => json(at)).join("\n");
    await expect(look("cut.jsonl", text.slice(0, -9))).rejects.toMatchObject({
      failure: { code: "cut-json", where: expect.stringMatching(/cut\.jsonl, line 300$/u) },
    });
    expect((await look("whole.jsonl", text)).profile.files[0].profile.rows).toBe(300);
  });

  it("of one name in several folders are named once, with how many there are", async () => {
    const folder = temporaryFolder();
    for (const day of ["2024-01-01", "2024-01-02"]) {
      mkdirSync(join(folder, `day=${day}`));
      await sql.query(
        `COPY (SELECT 'u' || (i % 40) AS user_id, 'i' || (i * 7 % 30) AS item_id, epoch(DATE '${day}') + i AS ts FROM range(300) t(i)) TO '${join(folder, `day=${day}`, "data_0.parquet")}' (FORMAT parquet)`,
      );
    }
    const profile = await profileFiles({ sql, files: createInputFiles() }, [folder]);
    expect(noteOf(profile)).toContain("Drafted from data_0.parquet (2 files): rows say who");
    expect(openQuestions(profile).join("\n")).toContain("Are data_0.parquet (2 files) parts of one table?");
  });
});
