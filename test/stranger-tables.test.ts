import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { type Duckdb, openDuckdb } from "../src/node/duckdb.ts";
import { createInputFiles } from "../src/node/input-files.ts";
import { draftNote } from "../src/steps/3-data/profile/draft-note.ts";
import { profileFiles } from "../src/steps/3-data/profile/files-profile.ts";
import { openQuestions } from "../src/steps/3-data/profile/open-questions.ts";
import { columnAs } from "../src/steps/3-data/profile/profiled-files.ts";
import type { SaidColumns } from "../src/steps/3-data/profile/said-label.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

const ROWS = 400;
const random = createRandom(9);
const whole = (below: number): number => random.below(below);
const one = <T>(...of: readonly T[]): T => of[whole(of.length)];
const chance = (share: number): number => Number(random.uniform() < share);
const moment = (at: number): Date => new Date(Date.UTC(2016, 2, 1) + at * 9_700_000);
const day = (at: number): string => moment(at).toISOString().slice(0, 10);
const second = (at: number): string => moment(at).toISOString().slice(0, 19).replace("T", " ");

interface Stranger {
  readonly name: string;
  readonly head: string;
  readonly line: (at: number) => string;
  readonly said?: SaidColumns;
  readonly system: string;
  readonly label?: string;
  readonly member?: string;
  readonly item?: string;
  /** The column of the row's moment; undefined where there is none. */
  readonly time?: string;
  /** Columns that no drafted model may see. */
  readonly unseen?: readonly string[];
  /** Columns that it has to see, by their names in the note. */
  readonly seen?: readonly string[];
  readonly asks?: RegExp;
}

const STRANGERS: readonly Stranger[] = [
  {
    name: "hotel bookings whose date stands in three columns, beside the day on which their status was last set",
    head: "hotel,is_canceled,lead_time,arrival_date_year,arrival_date_month,arrival_date_day_of_month,previous_cancellations,adr,reservation_status,reservation_status_date",
    line: (at) => {
      const gone = chance(0.35);
      const month = one("July", "August");
      return `${one("City", "Resort")},${gone},${whole(300)},${2015 + (at % 2)},${month},${1 + (at % 28)},${chance(0.1)},${40 + whole(99)}.5,${gone === 0 ? "Check-Out" : one("Canceled", "Canceled", "No-Show")},${day(at)}`;
    },
    system: "binary-classification",
    label: "is_canceled",
    unseen: ["reservation_status", "reservation_status_date"],
    seen: ["lead_time", "previous_cancellations"],
    asks: /The date stands in parts, in `arrival_date_year`/u,
  },
  {
    name: "reservations that say in words whether they were cancelled",
    head: "Booking_ID,rooms,lead_time,arrival_year,arrival_month,arrival_date,booking_status",
    line: (at) =>
      `INN${1000 + at},${1 + whole(3)},${whole(300)},${2017 + (at % 2)},${1 + (at % 12)},${1 + (at % 28)},${chance(0.3) === 1 ? "Canceled" : "Not_Canceled"}`,
    system: "binary-classification",
    label: "booking_status",
    asks: /Which of `Not_Canceled` and `Canceled` in `booking_status`.*in `arrival_year`, `arrival_month` and `arrival_date`/su,
  },
  {
    name: "appointments at a clinic that were kept or missed",
    head: "PatientId,AppointmentID,Gender,ScheduledDay,AppointmentDay,Age,SMS_received,No-show",
    line: (at) =>
      `${(2.9 + at / 1000).toFixed(4)}E+13,${5_600_000 + at},${one("F", "M")},${second(at).replace(" ", "T")}Z,${day(at + 20)}T00:00:00Z,${whole(99)},${chance(0.3)},${chance(0.25) === 1 ? "Yes" : "No"}`,
    system: "binary-classification",
    label: "No-show",
    time: "ScheduledDay",
    unseen: ["PatientId", "AppointmentID"],
    seen: ["Age", "SMS_received"],
  },
  {
    name: "machines that failed, with the modes that make up a failure",
    head: "UDI,Product ID,Type,Torque [Nm],Tool wear [min],Machine failure,TWF,HDF",
    line: (at) => {
      const [wear, heat] = [chance(0.08), chance(0.06)];
      return `${at + 1},L${14_860 + at},${one("L", "M")},${20 + whole(50)}.5,${whole(240)},${Number(wear + heat > 0)},${wear},${heat}`;
    },
    system: "binary-classification",
    label: "Machine failure",
    unseen: ["UDI", "Product ID", "TWF", "HDF"],
    asks: /When is `TWF` known\? all \d+ rows that have `1` there are positive/u,
  },
  {
    name: "drives by day, with the day on which each failed",
    head: "date,serial_number,capacity_bytes,failure,smart_9_raw",
    line: (at) => `${day(at)},ZA${at % 20}Q,4000787030016,${chance(0.05)},${20_000 + at}`,
    system: "binary-classification",
    label: "failure",
    member: "serial_number",
    time: "date",
  },
  {
    name: "taps on advertisements, where a make of device stands in most rows",
    head: "ip,app,device,os,channel,click_time,attributed_time,is_attributed",
    line: (at) => {
      const hit = chance(0.1);
      return `${whole(30)},${1 + whole(20)},${one(1, 1, 1, 2, 6)},${whole(9)},${whole(99)},${second(at)},${hit === 1 ? second(at + 1) : ""},${hit}`;
    },
    system: "binary-classification",
    label: "is_attributed",
    time: "click_time",
    unseen: ["attributed_time"],
  },
  {
    name: "orders of a shop with the moment at which each buyer had registered",
    head: "user_id,signup_time,purchase_time,purchase_value,device_id,class",
    line: (at) =>
      `${22_058 + at * 3},${second(at - whole(90))},${second(at)},${9 + whole(99)},Q${whole(300)},${chance(0.1)}`,
    system: "binary-classification",
    label: "class",
    time: "purchase_time",
    unseen: ["user_id", "signup_time"],
  },
  {
    name: "impressions of a display, several rows each, of which one was clicked",
    head: "display_id,ad_id,clicked",
    line: (at) => `${1 + Math.floor(at / 4)},${100 + whole(30)},${Number(at % 4 === 0)}`,
    system: "binary-classification",
    label: "clicked",
    item: "ad_id",
    unseen: ["display_id"],
  },
  {
    name: "clicks with what is known of conversions that came later",
    head: "uid,campaign,conversion,conversion_timestamp,conversion_id,click,click_pos,cost",
    line: (at) => {
      const paid = chance(0.1);
      return `${whole(60)},${whole(5)},${paid},${paid === 1 ? 9000 + at : -1},${paid === 1 ? whole(999_999) : -1},${chance(0.4)},${paid === 1 ? whole(3) : -1},0.${100 + whole(800)}`;
    },
    system: "binary-classification",
    label: "click",
    unseen: ["conversion", "conversion_timestamp", "conversion_id", "click_pos"],
    asks: /Are `conversion_timestamp`.*known when a row is scored/u,
  },
  {
    name: "letters to customers, of whom only those who came could buy",
    head: "recency,history,channel,segment,visit,conversion,spend",
    line: () => {
      const came = chance(0.35);
      const bought = came === 1 ? chance(0.5) : 0;
      return `${1 + whole(12)},${30 + whole(400)}.25,${one("Phone", "Web")},${one("Mail", "None")},${came},${bought},${bought === 1 ? `${29 + whole(99)}.5` : 0}`;
    },
    system: "binary-classification",
    label: "conversion",
    unseen: ["visit", "spend"],
    asks: /When is `visit` known\? none of the \d+ rows that have `0` there is positive/u,
  },
  {
    name: "answers of pupils, where hints are only taken by who is wrong",
    head: "order_id,user_id,problem_id,correct,ms_first_response,hint_count",
    line: (at) => {
      const right = chance(0.6);
      return `${33_022 + at},${64_525 + whole(40)},${51_424 + whole(60)},${right},${whole(90_000)},${right === 1 ? 0 : 1 + whole(3)}`;
    },
    system: "binary-classification",
    label: "correct",
    member: "user_id",
    unseen: ["ms_first_response", "hint_count", "order_id"],
  },
  {
    name: "claims with fraud found, by the police and by name",
    head: "Month,Make,Fault,FraudFound_P,PolicyNumber,Age",
    line: (at) =>
      `${one("Jan", "Dec", "Jun")},${one("Honda", "Mazda")},${one("Holder", "Other")},${chance(0.1)},${at + 1},${16 + whole(50)}`,
    system: "binary-classification",
    label: "FraudFound_P",
    unseen: ["PolicyNumber"],
  },
  {
    name: "coupons in another script, with hashes for who and what",
    head: "ITEM_COUNT,I_DATE,SMALL_AREA_NAME,PURCHASEID_hash,USER_ID_hash,COUPON_ID_hash",
    line: (at) => `${1 + whole(3)},${second(at)},${one("兵庫", "北海道")},p${at}f,d9dca${whole(30)},34c48${whole(20)}`,
    system: "recommendation",
    member: "USER_ID_hash",
    item: "COUPON_ID_hash",
    time: "I_DATE",
  },
  {
    name: "receipts of a bakery with a customer's card, decimal commas and day and hour apart",
    head: "Bon-Nr;Datum;Filiale;Kundenkarte;Artikelnummer;Menge;Umsatz",
    line: (at) =>
      `${100 + Math.floor(at / 3)};${day(at).split("-").reverse().join(".")};${one("Mitte", "Hafen")};${4_000_000 + whole(30)};${10_000 + whole(25)};${one(1, 1, 2, -1)};${whole(9)},99`,
    system: "recommendation",
    member: "Kundenkarte",
    item: "Artikelnummer",
    time: "Datum",
    asks: /whose `Menge` lies below 0 returned or cancelled/u,
  },
  {
    name: "pages of a course that pupils opened, with identifiers before their names",
    head: "code_module,id_student,id_site,date,sum_click",
    line: (at) =>
      `${one("AAA", "BBB")},${10_000 + whole(40)},${546_600 + whole(30)},${-10 + Math.floor(at / 9)},${1 + whole(9)}`,
    system: "recommendation",
    member: "id_student",
    item: "id_site",
    asks: /When did things happen\? `date` holds numbers/u,
  },
  {
    name: "towns of journeys, which only a person can call what was chosen",
    head: "user_id,checkin,checkout,city_id,device_class,utrip_id",
    line: (at) =>
      `${1000 + whole(60)},${day(at)},${day(at + 30)},${8183 + whole(30)},${one("desktop", "mobile")},${1000 + at}_1`,
    said: { item: "city_id" },
    system: "recommendation",
    member: "user_id",
    item: "city_id",
    time: "checkin",
  },
];

describe("tables after layouts that nobody here had seen", () => {
  it.each(STRANGERS)(
    "$name: the label, the moment, who and what, and nothing that gives the label away",
    async (one) => {
      const path = join(temporaryFolder(), "table.csv");
      writeFileSync(path, `${one.head}\n${Array.from({ length: ROWS }, (_, at) => one.line(at)).join("\n")}\n`);
      const found = await profileFiles({ sql, files: createInputFiles() }, [path], one.said);
      const { profile } = found.files[found.main];
      const called = (role: "label" | "member" | "item"): string | undefined => columnAs(profile, role)?.name;
      expect([found.system, called("label"), profile.time?.column]).toEqual([one.system, one.label, one.time]);
      if (one.member !== undefined) expect(called("member")).toBe(one.member);
      if (one.item !== undefined) expect(called("item")).toBe(one.item);
      if (one.asks !== undefined) expect(openQuestions(found).join("\n")).toMatch(one.asks);
      const note = draftNote(found, { title: "Drafted", date: "2026-01-31", relative: (file) => file });
      const features = note.slice(note.indexOf("features:"));
      const written = (name: string): boolean =>
        found.system === "recommendation"
          ? false
          : features.includes(`(${name})`) || features.includes(`entity: ${name}`);
      for (const name of one.unseen ?? []) {
        const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "_");
        expect([name, written(name) || features.includes(`name: ${plain}`)]).toEqual([name, false]);
      }
      for (const name of one.seen ?? []) expect([name, written(name)]).toEqual([name, true]);
    },
  );

  it("takes columns that are said by name or by number, and refuses one that is said twice or is not there", async () => {
    const path = join(temporaryFolder(), "plain.csv");
    const lines = Array.from({ length: ROWS }, (_, at) => `x,${whole(9)}.5,${whole(30)},k${whole(20)},${second(at)}`);
    writeFileSync(path, `${lines.join("\n")}\n`);
    const look = (said: SaidColumns) => profileFiles({ sql, files: createInputFiles() }, [path], said);
    const found = await look({ user: "4", item: "3", time: "5" });
    const { profile } = found.files[0];
    expect([found.system, columnAs(profile, "member")?.name, columnAs(profile, "item")?.name]).toEqual([
      "recommendation",
      "4",
      "3",
    ]);
    expect(profile.time?.column).toBe("5");
    await expect(look({ user: "4", item: "4" })).rejects.toThrow("`4` cannot be both --user and --item");
    await expect(look({ user: "44" })).rejects.toThrow("no column is called `44`");
    await expect(look({ user: "4", time: "1" })).rejects.toThrow();
  });
});
