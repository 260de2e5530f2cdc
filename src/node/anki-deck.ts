/** Anki decks: an .apkg file is a zip with a SQLite collection of schema 11, which every Anki since 2012 opens. */

import { createHash } from "node:crypto";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import initSqlJs from "sql.js";
import { fail, type Outcome, succeed } from "../core/outcome.ts";
import type { FlashCard } from "../practice/flash-card.ts";

/** A note read from a deck: plain text, markup removed. */
export interface DeckNote {
  readonly front: string;
  readonly back: string;
}

const SCHEMA = `
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn ON notes (usn); CREATE INDEX ix_cards_usn ON cards (usn); CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due); CREATE INDEX ix_revlog_cid ON revlog (cid); CREATE INDEX ix_notes_csum ON notes (csum);`;

/** Fixed, so that a deck that is imported again updates its cards instead of doubling them. */
const MODEL = 1_700_000_000_001;
const DECK = 1_700_000_000_002;
const FIRST_NOTE = 1_700_000_100_000;
const SEPARATOR = "\u001f";

/** The bytes of an .apkg. `seconds` is the time of writing, since 1970. */
export async function writeDeck(cards: readonly FlashCard[], seconds: number): Promise<Uint8Array> {
  const sql = await initSqlJs();
  const database = new sql.Database();
  try {
    database.run(SCHEMA);
    database.run("INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')", [
      seconds,
      seconds * 1000,
      seconds * 1000,
      JSON.stringify({
        nextPos: cards.length + 1,
        curDeck: DECK,
        activeDecks: [DECK],
        sortType: "noteFld",
        sortBackwards: false,
        newSpread: 0,
        dueCounts: true,
        estTimes: true,
        curModel: MODEL,
        collapseTime: 1200,
        timeLim: 0,
      }),
      JSON.stringify({ [MODEL]: model(seconds) }),
      JSON.stringify({ 1: deck(1, "Default", seconds), [DECK]: deck(DECK, "Heptad", seconds) }),
      JSON.stringify({ 1: DECK_OPTIONS }),
    ]);
    cards.forEach((card, i) => {
      const front = toMarkup(`${card.title}\n\n${card.front}`);
      const checksum = Number.parseInt(createHash("sha1").update(card.title).digest("hex").slice(0, 8), 16);
      const guid = createHash("sha1").update(`${card.id}/${card.seed}`).digest("base64url").slice(0, 10);
      const tags = ` heptad ${card.area} level-${card.level} step-${card.step} `;
      const fields = [front, toMarkup(card.back)].join(SEPARATOR);
      database.run("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')", [
        FIRST_NOTE + i,
        guid,
        MODEL,
        seconds,
        tags,
        fields,
        front,
        checksum,
      ]);
      database.run("INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')", [
        FIRST_NOTE + i,
        FIRST_NOTE + i,
        DECK,
        seconds,
        i + 1,
      ]);
    });
    return zipSync({ "collection.anki2": database.export(), media: strToU8("{}") });
  } finally {
    database.close();
  }
}

/** A collection of a hundred thousand cards takes less. */
const MOST_COLLECTION = 128 * 2 ** 20;

/** The first two fields of every note. Fails for a file that is no deck, and for decks only the newest Anki can write. */
export async function readDeck(bytes: Uint8Array): Promise<Outcome<readonly DeckNote[]>> {
  const refuse = (message: string, fix: string) => fail({ code: "not-a-deck", message, fix });
  let collection: Uint8Array | undefined;
  let isHuge = false;
  try {
    const entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!name.startsWith("collection.anki2")) return false;
        if (originalSize > MOST_COLLECTION) isHuge = true;
        return !isHuge;
      },
    });
    collection = entries["collection.anki21"] ?? entries["collection.anki2"];
  } catch {
    return refuse("this is no .apkg file", "export the deck from Anki again");
  }
  if (isHuge) {
    const most = MOST_COLLECTION / 2 ** 20;
    return refuse(
      `the deck unpacks to more than ${most} MB`,
      "export fewer cards at once, without media and scheduling",
    );
  }
  const isDatabase = collection !== undefined && strFromU8(collection.subarray(0, 15), true) === "SQLite format 3";
  if (collection === undefined || !isDatabase) {
    return refuse(
      "the deck is in a form that only the newest Anki reads",
      "export it with “Support older Anki versions” ticked",
    );
  }
  const sql = await initSqlJs();
  const database = new sql.Database(collection);
  try {
    const rows = database.exec("SELECT flds FROM notes ORDER BY id")[0]?.values ?? [];
    if (rows.length === 0) return refuse("the deck holds no card", "export a deck that has cards");
    return succeed(
      rows.map(([fields]): DeckNote => {
        const [front = "", back = ""] = String(fields).split(SEPARATOR);
        return { front: toText(front), back: toText(back) };
      }),
    );
  } catch {
    return refuse("the deck is damaged: its notes cannot be read", "export the deck from Anki again");
  } finally {
    database.close();
  }
}

function toMarkup(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped.split("\n").join("<br>");
}

function toText(markup: string): string {
  const lines = markup.replaceAll(/<br\s*\/?>|<\/(?:div|p|li)>/giu, "\n").replaceAll(/<[^>]*>/gu, "");
  const named = lines
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&quot;", '"');
  return named.replaceAll("&amp;", "&").trim();
}

function model(seconds: number) {
  const field = (name: string, ord: number) => ({
    name,
    ord,
    sticky: false,
    rtl: false,
    font: "Arial",
    size: 20,
    media: [],
  });
  return {
    id: MODEL,
    name: "Heptad question",
    type: 0,
    mod: seconds,
    usn: -1,
    sortf: 0,
    did: DECK,
    tmpls: [
      {
        name: "Card 1",
        ord: 0,
        qfmt: "{{Front}}",
        afmt: '{{FrontSide}}<hr id="answer">{{Back}}',
        did: null,
        bqfmt: "",
        bafmt: "",
      },
    ],
    flds: [field("Front", 0), field("Back", 1)],
    css: ".card { font-family: arial; font-size: 18px; text-align: left; max-width: 40em; margin: auto; }",
    latexPre: "",
    latexPost: "",
    req: [[0, "all", [0]]],
    tags: [],
    vers: [],
  };
}

function deck(id: number, name: string, seconds: number) {
  const today = [0, 0];
  return {
    id,
    name,
    mod: seconds,
    usn: -1,
    desc: "",
    dyn: 0,
    conf: 1,
    collapsed: false,
    extendNew: 10,
    extendRev: 50,
    newToday: today,
    revToday: today,
    lrnToday: today,
    timeToday: today,
  };
}

const DECK_OPTIONS = {
  id: 1,
  name: "Default",
  mod: 0,
  usn: 0,
  maxTaken: 60,
  autoplay: true,
  timer: 0,
  replayq: true,
  dyn: false,
  new: { delays: [1, 10], ints: [1, 4, 7], initialFactor: 2500, order: 1, perDay: 20, bury: true, separate: true },
  rev: { perDay: 100, ease4: 1.3, fuzz: 0.05, ivlFct: 1, maxIvl: 36500, minSpace: 1, bury: true },
  lapse: { delays: [10], mult: 0, minInt: 1, leechFails: 8, leechAction: 0 },
};
