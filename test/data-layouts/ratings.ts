/** What people rated, reviewed and played, as public sets write it: their names, oddities and units, no row of theirs. */

import { gzipSync } from "node:zlib";

import { type DataLayout, iso, item, ROWS, ranked, rows, START, stars, user, when, whole } from "./layout.ts";

export const RATINGS: readonly DataLayout[] = [
  {
    name: "ratings with a header and Unix seconds",
    files: {
      "ratings.csv": rows((at) => `${user()},${item()},${stars()}.0,${when(at)}`, "userId,movieId,rating,timestamp"),
    },
    expects: ranked(),
  },
  {
    name: "ratings parted by double colons",
    files: { "ratings.dat": rows((at) => `${user()}::${item()}::${stars()}::${when(at)}`) },
    expects: ranked(),
  },
  {
    name: "ratings parted by tabs without a header",
    files: { "u.data": rows((at) => `${user()}\t${item()}\t${stars()}\t${when(at)}`) },
    expects: ranked(),
  },
  {
    name: "reviews without a header, identifiers of letters",
    files: { "ratings_Beauty.csv": rows((at) => `A${user()}X,B00${item()},${stars()}.0,${when(at)}`) },
    expects: ranked(),
  },
  {
    name: "reviews with milliseconds and a parent product",
    files: {
      "reviews.csv": rows(
        (at) => `AE${user()},B0${item()},${stars()}.0,${when(at)}000`,
        "user_id,parent_asin,rating,timestamp",
      ),
    },
    expects: ranked(),
  },
  {
    name: "book ratings in quotes parted by semicolons, no time",
    files: {
      "BX-Book-Ratings.csv": rows(() => `"${user()}";"0${item()}";"${whole(11)}"`, '"User-ID";"ISBN";"Book-Rating"'),
    },
    expects: { system: "recommendation", events: ROWS, timeless: true },
  },
  {
    name: "trust ratings parted by blanks",
    files: { "ratings.txt": rows(() => `${user()} ${item()} ${stars() / 2}`) },
    expects: { system: "recommendation", events: ROWS, timeless: true },
  },
  {
    name: "plays with counts and a ^A delimiter",
    files: {
      "plays.txt": rows(
        (at) => [`u${user()}`, `s${item()}`, 1 + whole(50), when(at)].join("\u0001"),
        ["user_id", "song_id", "play_count", "ts"].join("\u0001"),
      ),
    },
    expects: ranked(),
  },
  {
    name: "gzip of ratings",
    files: {
      "ratings.csv.gz": gzipSync(
        rows((at) => `${user()},${item()},${stars()},${when(at)}`, "user,item,rating,timestamp"),
      ),
    },
    expects: ranked(),
  },
  {
    name: "latin-1 titles beside ratings",
    files: {
      "ratings.csv": rows((at) => `${user()},${item()},${stars()},${when(at)}`, "user_id,item_id,rating,timestamp"),
      "items.csv": Buffer.from(
        ["item_id,title", ...Array.from({ length: 15 }, (_, at) => `${9000 + at},Caf\xe9 ${at}`)].join("\n"),
        "latin1",
      ),
    },
    expects: ranked(),
  },
  {
    name: "likes and dislikes",
    files: {
      "feedback.csv": rows(
        (at) => `${user()},${item()},${["like", "dislike", "skip"][at % 3]},${when(at)}`,
        "user_id,track_id,action,timestamp",
      ),
    },
    expects: ranked({ kinds: ["dislike", "like", "skip"] }),
  },
  {
    name: "ratings of which one row is cut",
    files: {
      "ratings.csv": `${rows((at) => `${user()},${item()},${stars()},${when(at)}`, "user_id,item_id,rating,timestamp")}101,9001`,
    },
    expects: { question: /the one row that is not as the others .*line 62/u },
  },
  {
    name: "reviews as one JSON object a line",
    files: {
      "reviews.json": rows((at) =>
        JSON.stringify({ reviewerID: `A${user()}`, asin: `B0${item()}`, overall: stars(), unixReviewTime: when(at) }),
      ),
    },
    expects: ranked(),
  },
  {
    name: "reviews of places with words for stars and a useful count",
    files: {
      "review.csv": rows(
        (at) => `r${at},u${user()},b${item()},${stars()}.0,${whole(3)},${iso(at).slice(0, 19).replace("T", " ")}`,
        "review_id,user_id,business_id,stars,useful,date",
      ),
    },
    expects: ranked(),
  },
  {
    name: "games bought and hours played without a header",
    files: {
      "steam-200k.csv": rows(
        (at) =>
          `${user()},"Game ${item()}, the sequel",${at % 2 === 0 ? "purchase" : "play"},${at % 2 === 0 ? "1.0" : `${whole(90)}.5`},0`,
      ),
    },
    expects: { question: /when|time|kind|which|liked/iu },
  },
  {
    name: "plays of artists with counts and no time",
    files: { "user_artists.dat": rows(() => `${user()}\t${item()}\t${1 + whole(900)}`, "userID\tartistID\tweight") },
    expects: { system: "recommendation", events: ROWS, timeless: true },
  },
  {
    name: "jokes as a matrix of ratings with 99 for none",
    files: {
      "jester-data-1.csv": rows(() =>
        [
          whole(40),
          ...Array.from({ length: 40 }, () => (whole(3) === 0 ? 99 : (whole(2000) / 100 - 10).toFixed(2))),
        ].join(","),
      ),
    },
    expects: { system: "unknown", events: ROWS, asks: /seems a matrix of a row a member and a column an item/u },
  },
  {
    name: "watched shares of films with empty cells",
    files: {
      "interactions.csv": rows(
        (at) => `${user()},${item()},${iso(at).slice(0, 10)},${whole(9000)},${at % 20 === 0 ? "" : `${whole(101)}.0`}`,
        "user_id,item_id,last_watch_dt,total_dur,watched_pct",
      ),
    },
    expects: { question: /From which `watched_pct` on/u },
  },
  {
    name: "ratings of which one in ten says something else of the same moment",
    files: {
      "ratings.csv": rows(
        (at) =>
          `${100 + Math.floor(at / 2)},${9000 + Math.floor(at / 2)},${at < 12 ? 1 + (at % 2) : 3},${START + Math.floor(at / 2) * 900}`,
        "user_id,item_id,rating,timestamp",
      ),
    },
    expects: { question: /differ in `rating`\? 6 rows say another than the last/u },
  },
  {
    name: "reviews whose headline is called a title, beside a product and what its variants share",
    files: {
      "All_Beauty.jsonl": rows((at) =>
        JSON.stringify({
          rating: stars(),
          title: ["Five stars", "Great", `Not for me ${at}`][at % 3],
          images: [],
          asin: `B0${item()}${at % 3}`,
          parent_asin: `B0${item()}`,
          user_id: `AE${user()}`,
          timestamp: when(at) * 1000 + 7,
        }),
      ),
      "meta_All_Beauty.jsonl": Array.from({ length: 15 }, (_, at) =>
        JSON.stringify({ title: `Soap ${at}`, store: `S${at % 4}`, parent_asin: `B0${9000 + at}`, features: ["a"] }),
      ).join("\n"),
    },
    expects: ranked({ item: "parent_asin" }),
  },
  {
    name: "ratings as one JSON list over many lines",
    files: {
      "ratings.json": JSON.stringify(
        Array.from({ length: ROWS }, (_, at) => ({ user: user(), item: item(), rating: stars(), ts: when(at) })),
        null,
        1,
      ),
    },
    expects: ranked(),
  },
  {
    name: "plays of artists beside a table of the listeners, neither with a header",
    files: {
      "plays.tsv": rows(
        () => `${"ab".repeat(9)}${user()}\t${item()}a-b${whole(3)}\tartist, the ${whole(40)}\t${1 + whole(900)}`,
      ),
      "profile.tsv": Array.from(
        { length: 24 },
        (_, at) =>
          `${"ab".repeat(9)}${100 + at}\t${at % 2 ? "m" : "f"}\t${20 + (at % 9)}\tGermany\tFeb ${1 + at}, 2007`,
      ).join("\n"),
    },
    expects: { system: "recommendation", events: ROWS, timeless: true, item: "2" },
  },
  {
    name: "games recommended or not, beside the hours played",
    files: {
      "recommendations.csv": rows(
        (at) => `${item()},0,${iso(at).slice(0, 10)},${at % 3 > 0},${whole(900) / 10},${user()},${at}`,
        "app_id,funny,date,is_recommended,hours,user_id,review_id",
      ),
    },
    expects: ranked({ kinds: ["is-recommended", "not-is-recommended"] }),
  },
  {
    name: "ratings beside four tables about films, of which one has several rows a film",
    files: {
      "ratings.csv": rows((at) => `${user()},${item()},${stars()},${when(at)}`, "userId,movieId,rating,timestamp"),
      "genome.csv": rows((at) => `${9000 + (at % 15)},${at},0.5`, "movieId,tagId,relevance"),
      "links.csv": ["movieId,imdbId", ...Array.from({ length: 15 }, (_, at) => `${9000 + at},0${at}47`)].join("\n"),
      "movies.csv": [
        "movieId,title,genres",
        ...Array.from({ length: 15 }, (_, at) => `${9000 + at},"Film, The ${at}",Drama|War`),
      ].join("\n"),
    },
    expects: ranked({ sides: ["movies.csv"] }),
  },
  {
    name: "films alone, one a line, without a header",
    files: {
      "movie_titles.csv": Buffer.from(
        Array.from({ length: 40 }, (_, at) => `${at + 1},${1960 + (at % 20)},Caf\xe9, the film ${at}`).join("\n"),
        "latin1",
      ),
    },
    expects: { refused: /column 1 holds another value in every row/u },
  },
  {
    name: "marks of which -1 stands for none",
    files: {
      "rating.csv": rows(() => `${user()},${item()},${whole(4) === 0 ? -1 : 6 + whole(5)}`, "user_id,anime_id,rating"),
    },
    expects: { question: /Does -1 mean the lowest, or that nothing was said\?/u },
  },
  {
    name: "plays beside a table of artists whose key is called id, and a log of tags",
    files: {
      "user_artists.dat": rows(() => `${user()}\t${item()}\t${1 + whole(900)}`, "userID\tartistID\tweight", "\r\n"),
      "artists.dat": [
        "id\tname\turl",
        ...Array.from({ length: 15 }, (_, at) => `${9000 + at}\tBand ${at}\thttp://x/${at}`),
      ].join("\r\n"),
      "user_taggedartists.dat": rows(() => `${user()}\t${item()}\t${whole(40)}`, "userID\tartistID\ttagID", "\r\n"),
    },
    given: ["user_artists.dat", "artists.dat"],
    expects: { system: "recommendation", events: ROWS, timeless: true, sides: ["artists.dat"] },
  },
  {
    name: "ratings beside books that somebody means to read",
    files: {
      "ratings.csv": rows(() => `${user()},${item()},${stars()}`, "user_id,book_id,rating"),
      "to_read.csv": rows(() => `${user()},${item()}`, "user_id,book_id"),
    },
    expects: { question: /rows of to_read\.csv \(60 rows\) something else that people did/u },
  },
  {
    name: "videos shown, with four answers each and how often they were watched",
    files: {
      "QB-video.csv": rows(
        (at) =>
          `${user()},${item()},${at % 3 === 0 ? 1 : 0},${at % 7 === 0 ? 1 : 0},${at % 9 === 0 ? 1 : 0},${whole(5)}`,
        "user_id,item_id,click,follow,like,watching_times",
      ),
    },
    expects: { question: /Is there no time\?.*Does `click` or `follow` say better whether a row was wanted\?/su },
  },
];
