import { describe, expect, it } from "vitest";
import type { ColumnProfile } from "./column-profile.ts";
import { rolesByPlace } from "./roles-by-place.ts";
import { describeValues, type Role, seemingRole } from "./seeming-role.ts";

function column(parts: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    name: "x",
    place: 1,
    kind: "text",
    rows: 1000,
    missing: 0,
    distinct: 50,
    isCounted: true,
    least: Number.NaN,
    most: Number.NaN,
    mean: Number.NaN,
    negative: 0,
    top: [],
    histogram: { from: 0, to: 0, counts: [] },
    strays: 0,
    ...parts,
  };
}
const numbers = (least: number, most: number, distinct: number): Partial<ColumnProfile> => ({
  kind: "whole",
  least,
  most,
  distinct,
});
const truths: Partial<ColumnProfile> = {
  ...numbers(0, 1, 2),
  top: [
    { value: "0", share: 0.9 },
    { value: "1", share: 0.1 },
  ],
};
const roleOf = (name: string, parts: Partial<ColumnProfile> = {}): Role =>
  seemingRole(column({ name, ...parts }), true).role;

describe("what a named column seems to be", () => {
  it("takes what every row has of its own for an identifier, though some rows are written again", () => {
    const counter = column({ name: "no", ...numbers(1, 950, 950) });
    expect(seemingRole(counter, true, 50)).toMatchObject({
      role: "id",
      why: "it counts the rows that repeat no other",
    });
    const key = column({ name: "payment_id", kind: "text", distinct: 950 });
    expect(seemingRole(key, true, 50)).toMatchObject({ role: "id", strength: 1 });
    // Fewer repeat than come twice: two rows of one number differ elsewhere.
    expect(seemingRole(counter, true, 40).role).not.toBe("id");
    expect(seemingRole(key, true).role).not.toBe("id");
    // A short table written over and over has no rows of their own.
    const few = column({ name: "payment_id", kind: "text", distinct: 100 });
    expect(seemingRole(few, true, 900).role).not.toBe("id");
  });

  it("takes a vote for what somebody reviewed as an answer, and how others voted on the review for no value", () => {
    expect(roleOf("voted_up", truths)).toBe("label");
    expect(roleOf("author.steamid")).toBe("member");
    for (const name of ["weighted_vote_score", "helpful_score", "review_usefulness_score"])
      expect(roleOf(name, numbers(0, 1, 900))).toBe("attribute");
    expect(roleOf("review_score", numbers(1, 5, 5))).toBe("value");
  });

  it("tells the ends of whole numbers as they are, and rounds the others", () => {
    expect(describeValues(column(numbers(4_710_000_000_000, 4_710_000_004_403, 120)))).toBe(
      "120 different numbers from 4710000000000 to 4710000004403",
    );
    expect(describeValues(column({ ...numbers(0.123_456_789, 2.5, 120), kind: "number" }))).toBe(
      "120 different numbers from 0.123457 to 2.5",
    );
  });

  it("knows a buyer by an address, where nothing else says who", () => {
    for (const name of ["Email", "E-mail", "customer_email", "emailHash"]) expect(roleOf(name)).toBe("member");
    for (const name of ["email_domain", "emails_sent", "newsletter"]) expect(roleOf(name)).toBe("attribute");
  });

  it.each<readonly [Role, readonly string[], Partial<ColumnProfile>]>([
    [
      "member",
      ["userId", "User-ID", "user_id", "customer", "CUSTOMER_NR", "nameOrig", "uid", "card_number", "anon_id"],
      {},
    ],
    ["item", ["movieId", "item", "asin", "ISBN_13", "StockCode", "anime_id", "track_name".replace("_name", "_id")], {}],
    ["terminal", ["terminal_id", "Merchant", "nameDest", "shop_name"], {}],
    [
      "label",
      ["isFraud", "is_click", "label", "Class", "churned", "default_flag", "chargeback", "is_disputed", "y"],
      truths,
    ],
    [
      "amount",
      ["amount", "TransactionAmt".replace("Transaction", "trans_"), "total_price", "order_total"],
      numbers(1, 900, 400),
    ],
    ["value", ["rating", "Book-Rating", "stars", "play_hours".replace("play_", "")], numbers(1, 5, 5)],
    ["event", ["event_type", "Action", "behaviour", "type"], { distinct: 4 }],
    ["position", ["position", "slot", "rank"], numbers(1, 40, 40)],
    ["propensity", ["propensity", "pscore"], { kind: "number", least: 0, most: 1 }],
  ])("is a %s by its name and values: %j", (role, names, parts) => {
    for (const name of names) expect(roleOf(name, parts), name).toBe(role);
  });

  it("is not what its name says where its values do not fit", () => {
    expect(roleOf("label", { ...truths, distinct: 3 })).toBe("attribute");
    expect(roleOf("label", { distinct: 2, top: [{ value: "red", share: 1 }] })).toBe("attribute");
    expect(roleOf("label", { kind: "boolean", distinct: 2, top: [{ value: "yes", share: 1 }] })).toBe("label");
    expect(roleOf("position", numbers(-1, 40, 40))).toBe("attribute");
    expect(roleOf("position", numbers(0, 1000, 40))).toBe("position");
    expect(roleOf("position", numbers(0, 1001, 40))).toBe("attribute");
    expect(roleOf("amount", numbers(1, 900, 10))).toBe("attribute");
    expect(roleOf("amount", numbers(1, 900, 11))).toBe("amount");
    expect(roleOf("amount", { distinct: 400 })).toBe("attribute");
    expect(roleOf("user", { distinct: 2 })).toBe("attribute");
    expect(roleOf("user", { distinct: 3 })).toBe("member");
    expect(roleOf("type", { distinct: 60 })).toBe("event");
    expect(roleOf("type", { distinct: 61 })).toBe("attribute");
    expect(roleOf("type", { distinct: 1, missing: 3 })).toBe("attribute");
    expect(roleOf("type", { kind: "number", distinct: 5 })).toBe("attribute");
  });

  it("is empty, constant, a key of the rows, or an attribute", () => {
    expect(seemingRole(column({ kind: "empty" }), true)).toEqual({
      role: "empty",
      why: "no cell is filled",
      strength: 1,
    });
    const same = { distinct: 1, top: [{ value: "EUR", share: 1 }] };
    expect(seemingRole(column(same), true)).toEqual({ role: "constant", why: "always `EUR`", strength: 1 });
    expect(seemingRole(column({ ...same, missing: 1 }), true).role).toBe("attribute");
    expect(seemingRole(column({ ...same, rows: 1 }), true).role).toBe("attribute");
    const key = { distinct: 1000, ...{ kind: "text" as const } };
    expect(roleOf("TransactionID", key)).toBe("id");
    expect(roleOf("TransactionID", { ...key, distinct: 999 })).toBe("id");
    expect(roleOf("TransactionID", { ...key, distinct: 998 })).toBe("attribute");
    expect(roleOf("TransactionID", { ...key, missing: 1 })).toBe("attribute");
    expect(roleOf("TransactionID", { ...key, rows: 20, distinct: 20 })).toBe("attribute");
    expect(roleOf("TransactionID", { ...key, rows: 21, distinct: 21 })).toBe("id");
    expect(roleOf("TransactionID", { ...key, kind: "number" })).toBe("attribute");
    expect(roleOf("words", key)).toBe("attribute");
    expect(seemingRole(column({ name: "user_id" }), false)).toMatchObject({ role: "attribute", strength: 0 });
    expect(seemingRole(column({ name: "user" }), true)).toMatchObject({ strength: 2 });
  });

  it("is described by its values", () => {
    expect(describeValues(column({ ...numbers(1, 5, 5) }))).toBe("5 different numbers from 1 to 5");
    expect(describeValues(column({ kind: "number", least: 0.12345678, most: 1e7, distinct: 12_345 }))).toBe(
      "12,345 different numbers from 0.123457 to 10000000",
    );
    expect(describeValues(column({ kind: "boolean", distinct: 2 }))).toBe("2 different truths");
    expect(describeValues(column())).toBe("50 different texts");
  });
});

describe("columns without names", () => {
  const roles = (columns: readonly ColumnProfile[], isTime: readonly boolean[] = columns.map(() => false)) =>
    rolesByPlace(columns, isTime).map(({ role }) => role);

  it("are who, what, how much and when by their order", () => {
    const columns = [
      column({ place: 1, ...numbers(1, 943, 943) }),
      column({ place: 2, ...numbers(1, 1682, 1682) }),
      column({ place: 3, ...numbers(1, 5, 5) }),
      column({ place: 4, ...numbers(8e8, 9e8, 900) }),
    ];
    expect(roles(columns, [false, false, false, true])).toEqual(["member", "item", "value", "attribute"]);
    // A time in front does not count as one of them.
    expect(
      roles(
        [columns[3], columns[0], columns[1]].map((one, at) => ({ ...one, place: at + 1 })),
        [true, false, false],
      ),
    ).toEqual(["attribute", "member", "item"]);
  });

  it("are a label where the last of many is one of two words, and who and what where there are few", () => {
    const words = (place: number) =>
      column({
        place,
        distinct: 2,
        top: [
          { value: "<=50K", share: 0.7 },
          { value: ">50K", share: 0.3 },
        ],
      });
    const others = (count: number) =>
      Array.from({ length: count }, (_, at) => column({ place: at + 1, ...numbers(1, 900, 900) }));
    expect(roles([...others(9), words(10)]).at(-1)).toBe("label");
    expect(roles([...others(9), words(10)])).not.toContain("member");
    expect(roles([...others(5), words(6)]).at(-1)).toBe("attribute");
    // A column that is empty in some rows answers nothing in them.
    expect(roles([...others(9), { ...words(10), missing: 5 }])).not.toContain("label");
    expect(roles(others(12))).toEqual(others(12).map(() => "attribute"));
  });

  it("say what people did where two words for it stand there, and then no number beside them is a rating", () => {
    const deeds = ["pv", "buy", "cart"].map((value) => ({ value, share: 1 / 3 }));
    const columns = [
      column({ place: 1, ...numbers(1, 943, 943) }),
      column({ place: 2, ...numbers(1, 1682, 1682) }),
      column({ place: 3, ...numbers(1, 5, 5) }),
      column({ place: 4, distinct: 3, top: deeds }),
    ];
    expect(roles(columns)).toEqual(["member", "item", "attribute", "event"]);
    const names = deeds.map(({ share }, at) => ({ value: ["red", "blue", "green"][at], share }));
    expect(roles([...columns.slice(0, 3), { ...columns[3], top: names }])).toEqual([
      "member",
      "item",
      "value",
      "attribute",
    ]);
  });

  it("are a rating only beside what was rated", () => {
    const columns = [numbers(1, 943, 943), numbers(1, 1682, 1682), numbers(0, 9999, 500), numbers(0, 5, 6)];
    expect(roles(columns.map((one, at) => column({ place: at + 1, ...one })))).toEqual([
      "member",
      "item",
      "attribute",
      "attribute",
    ]);
  });

  it("are taken by place where too few look like identifiers, and a scale is one of few whole steps", () => {
    const few = [1, 2, 3].map((place) => column({ place, ...numbers(0, 9, 10) }));
    expect(roles(few)).toEqual(["member", "item", "value"]);
    const scale = (parts: Partial<ColumnProfile>) =>
      roles([
        column({ place: 1, ...numbers(1, 900, 900) }),
        column({ place: 2, ...numbers(1, 900, 900) }),
        column({ place: 3, ...numbers(1, 5, 5), ...parts }),
      ])[2];
    expect(scale({})).toBe("value");
    expect(scale({ distinct: 21 })).toBe("value");
    expect(scale({ distinct: 22 })).toBe("attribute");
    expect(scale({ least: -1 })).toBe("value");
    expect(scale({ least: -2 })).toBe("attribute");
    expect(scale({ most: 100 })).toBe("value");
    expect(scale({ most: 101 })).toBe("attribute");
    expect(scale({ kind: "number" })).toBe("value");
    expect(scale({ kind: "text", distinct: 5 })).toBe("attribute");
    expect(scale({ kind: "empty" })).toBe("empty");
  });
});

describe("several columns that are called like labels", () => {
  const strength = (name: string): number =>
    seemingRole(column({ name, distinct: 2, kind: "boolean", top: [] }), true).strength;

  it("are weighed by how plainly they are called", () => {
    expect(strength("y")).toBeGreaterThan(strength("default"));
    expect(strength("isFraud")).toBeGreaterThan(strength("isFlaggedFraud"));
    expect(strength("isFlaggedFraud")).toBeGreaterThanOrEqual(2);
  });
});

it("knows who buys, and says of one value that it is one", () => {
  for (const name of ["shopper", "shopper_id", "consumerId", "guest_no"])
    expect(seemingRole(column({ name, kind: "text", distinct: 600 }), true).role, name).toBe("member");
  expect(describeValues(column({ kind: "text", distinct: 1 }))).toBe("one and the same text");
  expect(describeValues(column({ kind: "number", distinct: 1, least: 2.5, most: 2.5 }))).toBe("always 2.5");
});
