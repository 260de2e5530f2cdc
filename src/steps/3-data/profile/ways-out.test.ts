import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { profileFiles } from "./files-profile.ts";
import { columnAs } from "./profiled-files.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

const START = 1_600_000_000;
const rows = (line: (at: number) => string, count = 60): string =>
  `${Array.from({ length: count }, (_, at) => line(at)).join("\n")}\n`;

/** Runs the query that is offered as the way out, and looks at what it writes. */
async function wayOut(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const look = (names: readonly string[]) =>
    profileFiles(
      { sql, files: createInputFiles() },
      names.map((name) => join(folder, name)),
    );
  const { stops } = await look(Object.keys(files));
  const query = /COPY .* TO 'rows\.parquet'/u.exec(stops?.fix ?? "")?.[0] ?? "";
  const placed = [...Object.keys(files), "rows.parquet"].reduce(
    (text, name) => text.replaceAll(`'${name}'`, `'${join(folder, name)}'`),
    query,
  );
  await sql.query(placed);
  const found = await look(["rows.parquet"]);
  const [{ profile }] = found.files;
  const named = (role: "member" | "item" | "label" | "event") => columnAs(profile, role)?.name;
  return { ...found, rows: profile.rows, positives: profile.positives, profile, named, code: stops?.code };
}

it("cells that hold lists become a row an element", async () => {
  const found = await wayOut({
    "behaviors.tsv": rows(
      (at) =>
        `${at + 1}\tU${at % 9}\t11/${13 + (at % 9)}/2019 9:05:58 AM\tN${at % 7} N${at % 5}\tN${at % 4}-1 N${at % 3}-0`,
    ),
  });
  expect(found.code).toBe("lists-in-cells");
  expect(found.rows).toBe(120);
  expect(found.profile.columns.map(({ name }) => name)).toEqual(["column0", "column1", "column2", "column4", "item"]);
});

it("objects in a list become columns", async () => {
  const found = await wayOut({
    "train.jsonl": rows((at) =>
      JSON.stringify({
        session: at % 20,
        events: [
          { aid: at % 6, ts: (START + at) * 1000, type: "clicks" },
          { aid: at % 5, ts: (START + at) * 1000 + 5, type: "carts" },
        ],
      }),
    ),
  });
  expect([found.rows, found.named("member"), found.named("event")]).toEqual([120, "session", "type"]);
});

it("lists as numpy prints them become a row an element", async () => {
  const found = await wayOut({
    "sessions.csv": `prev_items,locale\n${rows((at) => `"['B0${at % 7}' 'B1${at % 5}'\n 'B2${at % 3}']",DE`)}`,
  });
  expect([found.rows, found.named("item")]).toEqual([180, "item"]);
});

it("clicks of another file become a label of what was shown", async () => {
  const found = await wayOut({
    "shown.csv": `bid_id,ts,user_id,ad_id\n${rows((at) => `b${at},${START + at},u${at % 7},a${at % 5}`)}`,
    "clicks.csv": `bid_id,click_time\n${rows((at) => `b${at * 4},${START + at * 4 + 3}`, 15)}`,
  });
  expect(found).toMatchObject({ code: "outcome-in-another-file", rows: 60, positives: 0.25, system: "recommendation" });
  expect(found.named("label")).toBe("label");
});

it("products of orders get the buyer of the order", async () => {
  const found = await wayOut({
    "order_products.csv": `order_id,product_id,reordered\n${rows((at) => `${Math.floor(at / 3)},${at % 8},${at % 2}`)}`,
    "orders.csv": `order_id,user_id,order_number\n${rows((at) => `${at},u${at % 4},${Math.floor(at / 4)}`, 20)}`,
  });
  expect(found).toMatchObject({ code: "rows-over-files", rows: 60, system: "recommendation" });
  expect([found.named("member"), found.named("item")]).toEqual(["user_id", "product_id"]);
});
