import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { buildFeatures } from "../../steps/3-data/features/build-features.ts";
import { declaredFeatures } from "../../steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../../steps/3-data/features/feature-plan.ts";
import { queryFeatures } from "../../steps/3-data/features/query-features.ts";
import { pairRequests, rankedStream } from "../../steps/3-data/features/ranked-stream.ts";
import { listAt } from "../../steps/3-data/row-lists.ts";
import { dataSchema } from "../../steps/3-data/schema.ts";
import { EVENT_KINDS, rankedTaskOf } from "./interactions.ts";
import { createWorld, simulateInteractions } from "./simulated-world.ts";

const random = createRandom(5);
const interactions = simulateInteractions(createWorld({ members: 60, titles: 80, days: 60 }, random), random);
const { events, titles, members } = interactions;
const task = rankedTaskOf(interactions);
const stream = rankedStream(task);

const DECLARED = declaredFeatures(
  dataSchema.parse({
    features: [
      { name: "title_mean_rating_30d", entity: "title", aggregate: "mean(rating)", window: "30 d", smoothing: 5 },
      { name: "member_rating_count", entity: "member", aggregate: "count(rating)", window: "all" },
      { name: "member_events_7d", entity: "member", aggregate: "count()", window: "7 d", delay: "1 d" },
      { name: "genre_affinity", entity: ["member", "genre"], aggregate: "mean(view)", window: "365 d" },
      { name: "title_click_rate", entity: "title", aggregate: "rate(click)", window: "14 d", smoothing: 20 },
      { name: "member_last_event", entity: "member", aggregate: "recency()" },
      { name: "title_views", entity: "title", aggregate: "count(view)", window: "all" },
      { name: "title_trend", entity: "title", aggregate: "ratio(count(click), title_views)", window: "3 d" },
      { name: "title_age", entity: "title", aggregate: "age(released)" },
      { name: "member_age", entity: "member", aggregate: "value(age)" },
    ],
  }),
);

/** Requests in no order of time: every 40th event's member with some title. */
const rows = Array.from({ length: Math.floor(events.count / 40) }, (_, index) => (index * 7919) % events.count);
const requests = pairRequests(
  Int32Array.from(rows, (row) => events.member[row]),
  Int32Array.from(rows, (row) => (events.title[row] + row) % titles.count),
  Float64Array.from(rows, (row) => events.time[row]),
  task,
);
const features = buildFeatures(planFeatures(DECLARED, stream), stream, requests);
const column = (name: string): Float64Array => features.get(name) ?? new Float64Array(0);

describe("features of simulated interactions", () => {
  let sql: Duckdb;
  beforeAll(async () => {
    sql = await openDuckdb();
  });
  afterAll(() => sql.close());

  it("are the same from sorted arrays and from DuckDB, on every row", async () => {
    expect(await queryFeatures(sql, DECLARED, stream, requests)).toEqual(features);
  });

  it("count what the log holds strictly before the request", () => {
    rows.forEach((row, index) => {
      let ratings = 0;
      for (let at = 0; events.time[at] < events.time[row]; at++) {
        if (events.member[at] === events.member[row] && EVENT_KINDS[events.kind[at]] === "rating") ratings++;
      }
      expect(column("member_rating_count")[index]).toBe(ratings);
    });
  });

  it("smooth a rate towards the rate of all titles in the same window", () => {
    const since = 14 * 86_400;
    rows.forEach((row, index) => {
      const title = requests.entities.get("title")?.rows[index];
      const seen = { click: 0, impression: 0, clickOfTitle: 0, impressionOfTitle: 0 };
      for (let at = 0; events.time[at] < events.time[row]; at++) {
        const kind = EVENT_KINDS[events.kind[at]];
        if (events.time[at] < events.time[row] - since || (kind !== "click" && kind !== "impression")) continue;
        seen[kind]++;
        if (events.title[at] === title) seen[`${kind}OfTitle`]++;
      }
      const prior = seen.click / seen.impression;
      expect(column("title_click_rate")[index]).toBe((seen.clickOfTitle + 20 * prior) / (seen.impressionOfTitle + 20));
    });
  });

  it("know ages of members, and of titles from their release on", () => {
    rows.forEach((row, index) => {
      const title = requests.entities.get("title")?.rows[index] ?? -1;
      const age = events.time[row] - titles.released[title];
      expect(column("title_age")[index]).toBe(age >= 0 ? age : Number.NaN);
      expect(column("member_age")[index]).toBe(members.attributes.get("age")?.[events.member[row]]);
    });
  });

  it("pool the genres of a title: an affinity is known where any of them was watched", () => {
    rows.forEach((row, index) => {
      const title = requests.entities.get("title")?.rows[index] ?? -1;
      const wanted = new Set(listAt({ offsets: titles.genres.offsets, items: titles.genres.indices }, title));
      let watched = false;
      for (let at = 0; events.time[at] < events.time[row]; at++) {
        if (events.member[at] !== events.member[row] || EVENT_KINDS[events.kind[at]] !== "view") continue;
        const genres = listAt({ offsets: titles.genres.offsets, items: titles.genres.indices }, events.title[at]);
        watched ||= genres.some((genre) => wanted.has(genre));
      }
      expect(Number.isNaN(column("genre_affinity")[index])).toBe(!watched);
    });
  });
});
