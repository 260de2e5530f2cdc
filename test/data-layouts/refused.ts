/** What is no table of rows: refused, with the way out, as public sets write it: their names, oddities and units, no row of theirs. */

import { type DataLayout, iso, item, rows, stars, user, when, whole } from "./layout.ts";

export const REFUSED: readonly DataLayout[] = [
  {
    name: "graded documents of LibSVM",
    files: { "rank.train": rows(() => `${whole(4)} 1:0.5 7:0.25`) },
    expects: { refused: /LibSVM/u },
  },
  {
    name: "an archive that is not read",
    files: { "data.zip": Buffer.from("504b030414000000080000", "hex") },
    given: ["data.zip"],
    expects: { refused: /zip file/u },
  },
  {
    name: "JSON lines of which one is cut",
    files: {
      "broken.jsonl": rows((at) =>
        at === 40 ? '{"user_id": 5, "item' : JSON.stringify({ user_id: user(), item_id: item(), ts: when(at) }),
      ),
    },
    expects: { refused: /JSON/u },
  },
  {
    name: "news shown in lists of one cell",
    files: {
      "behaviors.tsv": rows(
        (at) =>
          `${at + 1}\tU${user()}\t11/1${at % 9}/2019 9:05:58 AM\tN${item()} N${item()}\tN${item()}-1 N${item()}-0 N${item()}-0`,
      ),
    },
    expects: { refused: /each cell of column `4` is a list.*`5` hold such/u },
  },
  {
    name: "news shown in lists of many lengths",
    files: {
      "behaviors.tsv": rows(
        (at) =>
          `${at + 1}\tU${user()}\t11/1${at % 9}/2019 9:05:58 AM\t${Array.from({ length: at % 5 }, () => `N${item()}`).join(" ")}\t${Array.from({ length: 1 + (at % 6) }, () => `N${item()}-${whole(2)}`).join(" ")}`,
      ),
    },
    expects: { refused: /is a list, such as `N9\d+/u },
  },
  {
    name: "sessions with their events nested in a list",
    files: {
      "train.jsonl": rows((at) =>
        JSON.stringify({
          session: at,
          events: [
            { aid: item(), ts: when(at), type: "clicks" },
            { aid: item(), ts: when(at), type: "carts" },
          ],
        }),
      ),
    },
    expects: { refused: /column `events` is a list/u },
  },
  {
    name: "one JSON document of many lines",
    files: { "slice.json": JSON.stringify({ info: {}, playlists: [{ pid: 1, tracks: [{ uri: "a" }] }] }, null, 2) },
    expects: { refused: /one JSON document over several lines/u },
  },
  {
    name: "objects as Python prints them",
    files: {
      "reviews.json": rows((at) => `{u'username': u'u${user()}', u'product_id': u'${item()}', u'hours': ${at}.5}`),
    },
    expects: { refused: /objects as Python prints them/u },
  },
  {
    name: "ratings in blocks below the film's number",
    files: {
      "combined_data_1.txt": Array.from({ length: 6 }, (_, film) =>
        [
          `${film + 1}:`,
          ...Array.from({ length: 10 }, (__, at) => `${user()},${stars()},${iso(at).slice(0, 10)}`),
        ].join("\n"),
      ).join("\n"),
    },
    expects: { refused: /in blocks below a line such as `1:`/u },
  },
  {
    name: "judgements of documents for queries",
    files: { "qrels.txt": rows((at) => `${301 + (at % 9)} 0 FBIS3-${whole(9000)} ${at % 3 === 0 ? 1 : 0}`) },
    expects: { refused: /TREC qrels/u },
  },
  {
    name: "what a system found for queries",
    files: { "run.txt": rows((at) => `${301 + (at % 9)} Q0 LA0${whole(9000)} ${1 + at} ${(90 - at).toFixed(2)} bm25`) },
    expects: { refused: /TREC run/u },
  },
  {
    name: "types of the columns in a second line",
    files: {
      "log.csv": `int,int,float\n${rows((at) => `${user()},${item()},${at}.5`)}`.replace(
        /^/u,
        "user_id,item_id,rating\n",
      ),
    },
    expects: { refused: /line 2 holds words above numbers, as line 1 does/u },
  },
  {
    name: "a workbook of a spreadsheet",
    files: { "events.xlsx": new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0]) },
    expects: { refused: /workbook of a spreadsheet/u },
  },
  {
    name: "a database in one file",
    files: { "events.sqlite": new Uint8Array([...new TextEncoder().encode("SQLite format 3"), 0, 16, 0]) },
    expects: { refused: /SQLite database/u },
  },
  {
    name: "names of which one comes twice, and a delimiter at the end of each line",
    files: {
      "orders.csv": rows(
        (at) => `${iso(at).slice(0, 10)},${user()},${item()},${iso(at + 24).slice(0, 10)},${stars()},`,
        "date,user,item,date,amount,",
      ),
    },
    expects: { refused: /`date` twice/u },
  },
  {
    name: "names and no row below them",
    files: { "events.csv": "user,item,event,ts\n" },
    expects: { refused: /no row below/u },
  },
];
