/** What people looked at, bought and visited, as public sets write it: their names, oddities and units, no row of theirs. */

import { gzipSync } from "node:zlib";

import { type DataLayout, date, iso, item, ROWS, ranked, rows, stars, two, user, when, whole } from "./layout.ts";

export const BEHAVIOUR: readonly DataLayout[] = [
  {
    name: "shop events in milliseconds with kinds of their own",
    files: {
      "events.csv": rows(
        (at) =>
          `${when(at)}000,${user()},${["view", "view", "addtocart", "transaction"][at % 4]},${item()},${at % 4 === 3 ? at : ""}`,
        "timestamp,visitorid,event,itemid,transactionid",
      ),
    },
    expects: ranked({ kinds: ["addtocart", "transaction", "view"] }),
  },
  {
    name: "shop events with UTC behind the time",
    files: {
      "2019-Oct.csv": rows(
        (at) =>
          `${iso(at).slice(0, 19).replace("T", " ")} UTC,${["view", "cart", "purchase"][at % 3]},${item()},${whole(9)},electronics.audio,sony,${whole(90)}.5,${user()},u-${at}`,
        "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session",
      ),
    },
    expects: ranked({ kinds: ["cart", "purchase", "view"] }),
  },
  {
    name: "behaviours in short words without a header",
    files: {
      "UserBehavior.csv": rows(
        (at) => `${user()},${item()},${whole(9)},${["pv", "buy", "cart", "fav"][at % 4]},${when(at)}`,
      ),
    },
    expects: ranked({ kinds: ["buy", "cart", "fav", "pv"] }),
  },
  {
    name: "an online shop with American times and a space in a name",
    files: {
      "Online Retail.csv": rows(
        (at) =>
          `${536000 + at},${item()}A,MUG,${1 + whole(9)},${date(at).getUTCMonth() + 1}/${date(at).getUTCDate()}/${date(at).getUTCFullYear()} ${date(at).getUTCHours()}:${two(date(at).getUTCMinutes())},2.55,${user()},France`,
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
      ).replace("\n", "\n"),
    },
    expects: { question: /day|month|either|ambiguous|settles|decides|read as/iu },
  },
  {
    name: "the same shop with a day past the twelfth",
    files: {
      "Online Retail.csv": rows(
        (at) =>
          `${536000 + at},${item()}A,MUG,${1 + whole(9)},${date(at + 300).getUTCMonth() + 1}/${date(at + 300).getUTCDate()}/${date(at + 300).getUTCFullYear()} ${date(at).getUTCHours()}:${two(date(at).getUTCMinutes())},2.55,${user()},France`,
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
      ),
    },
    expects: ranked({ first: undefined }),
  },
  {
    name: "check-ins in lines of a member and places",
    files: {
      "train.txt": Array.from({ length: 12 }, (_, at) =>
        [at, ...Array.from({ length: 2 + (at % 7) }, () => whole(30))].join(" "),
      ).join("\n"),
    },
    expects: {
      system: "recommendation",
      events: Array.from({ length: 12 }, (_, at) => 2 + (at % 7)).reduce((sum, one) => sum + one, 0),
      timeless: true,
    },
  },
  {
    name: "listening with ISO times and tabs",
    files: {
      "userid-timestamp-artid.tsv": rows(
        (at) => `user_${user()}\t${iso(at)}\tart-${item()}\tName, of it`,
        "user_id\ttimestamp\tartist_id\tartist_name",
      ),
    },
    expects: ranked(),
  },
  {
    name: "UTF-16 of a spreadsheet with semicolons",
    files: {
      "export.csv": Buffer.from(
        `\uFEFF${rows((at) => `${user()};${item()};${stars()};${iso(at).slice(0, 10)}`, "customer_id;product_id;rating;date", "\r\n")}`,
        "utf16le",
      ),
    },
    expects: ranked(),
  },
  {
    name: "a pandas index before the columns",
    files: {
      "log.csv": rows((at) => `${at},${user()},${item()},${stars()},${when(at)}`, ",user_id,item_id,rating,timestamp"),
    },
    expects: ranked(),
  },
  {
    name: "dates of posts",
    files: {
      "likes.csv": rows(
        (at) => `${user()},${item()},Tue Oct ${two(date(at).getUTCDate())} ${iso(at).slice(11, 19)} +0000 2019`,
        "user_id,post_id,created_at",
      ),
    },
    expects: ranked(),
  },
  {
    name: "month names",
    files: {
      "orders.csv": rows(
        (at) => `c${user()},p${item()},${two(date(at).getUTCDate())}-OCT-2019`,
        "customer_id,product_id,order_date",
      ),
    },
    expects: ranked(),
  },
  {
    name: "logged lists with propensities and an offset",
    files: {
      "all.csv": rows(
        (at) =>
          `${iso(at).slice(0, 19).replace("T", " ")}+00:00,${whole(9)},${1 + (at % 3)},${at % 9 === 0 ? 1 : 0},0.02,a${whole(3)}`,
        "timestamp,item_id,position,click,propensity_score,user_feature_0",
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
  },
  {
    name: "nested JSON lines packed with gzip",
    files: {
      "events.jsonl.gz": gzipSync(
        rows((at) =>
          JSON.stringify({ user: { id: `u${user()}` }, item_id: item(), action: ["view", "buy"][at % 2], ts: iso(at) }),
        ),
      ),
    },
    expects: ranked({ kinds: ["buy", "view"] }),
  },
  {
    name: "orders with a weekday and an hour but no date",
    files: {
      "orders.csv": rows(
        (at) =>
          `${at + 1},${user()},prior,${at % 9},${whole(7)},${two(whole(24))},${at % 5 === 0 ? "" : `${whole(30)}.0`}`,
        "order_id,user_id,eval_set,order_number,order_dow,order_hour_of_day,days_since_prior_order",
      ),
    },
    expects: { question: /time|when/iu },
  },
  {
    name: "purchases by day with long identifiers and a scaled price",
    files: {
      "transactions_train.csv": rows(
        (at) =>
          `${iso(at).slice(0, 10)},${"0123456789abcdef".repeat(2)}${user()},06637${item()},0.0${1 + whole(8)},${1 + (at % 2)}`,
        "t_dat,customer_id,article_id,price,sales_channel_id",
      ),
    },
    expects: ranked(),
  },
  {
    name: "sessions of clicks without a header, with microseconds and a category of mixed types",
    files: {
      "yoochoose-clicks.dat": rows((at) => `${user()},${iso(at)},2148${item()},${at % 3 === 0 ? "S" : whole(9)}`),
    },
    expects: ranked(),
  },
  {
    name: "dates with the day before the month and the year first",
    files: {
      "visits.csv": rows(
        (at) => `${user()},${item()},${iso(at * 9).slice(0, 4)}-${iso(at * 9).slice(8, 10)}-${iso(at * 9).slice(5, 7)}`,
        "user_id,item_id,date",
      ),
    },
    expects: ranked(),
  },
  {
    name: "impressions of ads with a click and its opposite",
    files: {
      "raw_sample.csv": rows(
        (at) =>
          `${user()},${when(at)},${item()},430548_100${whole(2)},${at % 10 === 0 ? 0 : 1},${at % 10 === 0 ? 1 : 0}`,
        "user,time_stamp,adgroup_id,pid,nonclk,clk",
      ),
    },
    expects: { question: /When is `nonclk` known\?/u },
  },
  {
    name: "check-ins with quotes inside of names and the moment last",
    files: {
      "checkins.txt": rows(
        (at) =>
          `${user()}\t4b${item()}f\t4bf58\tArts & "Crafts\t40.${whole(9999)}\t-74.${whole(9999)}\t-240\t${date(at)
            .toUTCString()
            .replace(
              /^(?<day>\w+), (?<date>\d+) (?<month>\w+) (?<year>\d+) (?<clock>[\d:]+) GMT$/u,
              "$<day> $<month> $<date> $<clock> +0000 $<year>",
            )}`,
      ),
    },
    expects: ranked(),
  },
  {
    name: "baskets of households with the day as a counter and a value of sales",
    files: {
      "transaction_data.csv": rows(
        (at) => `${user()},2698${at},${1 + at},${item()},${1 + whole(3)},${whole(900) / 100},${300 + whole(9)}`,
        "household_key,BASKET_ID,DAY,PRODUCT_ID,QUANTITY,SALES_VALUE,STORE_ID",
      ),
    },
    expects: { question: /`DAY` holds numbers from 1 to 60/u },
  },
  {
    name: "clicks and buys of sessions in two files without headers",
    files: {
      "yoochoose-buys.dat": rows((at) => `${user()},${iso(at)},2148${item()},${whole(3) * 523},${whole(3)}`),
      "yoochoose-clicks.dat": rows((at) => `${user()},${iso(at)},2148${item()},${at % 3 === 0 ? "S" : whole(9)}`),
    },
    expects: { question: /something else that people did than those of .*`path: \{ yoochoose-/u },
  },
  {
    name: "behaviour in codes with the hour as the last part of the time",
    files: {
      "train_user.csv": rows(
        (at) => `${user()},${item()},${1 + (at % 4)},,${whole(9)},${iso(at).slice(0, 13).replace("T", " ")}`,
        "user_id,item_id,behavior_type,user_geohash,item_category,time",
      ),
    },
    expects: ranked({ kinds: ["1", "2", "3", "4"] }),
  },
  {
    name: "pages of sessions in hashes, of which a third names no product",
    files: {
      "browsing_train.csv": rows(
        (at) =>
          at % 3 === 0
            ? `s${user()},pageview,,,${when(at)}000,u${item()}`
            : `s${user()},event_product,${["detail", "add", "purchase", "remove"][at % 4]},p${item()},${when(at)}000,u${item()}`,
        "session_id_hash,event_type,product_action,product_sku_hash,server_timestamp_epoch_ms,hashed_url",
      ),
    },
    expects: { question: /33% of rows without `product_sku_hash`\?.*`purchase`/su },
  },
  {
    name: "what was shown, and in a second file which of it was clicked",
    files: {
      "impressions.csv": rows(
        (at) => `b${at},${iso(at).replaceAll(/\D/gu, "").slice(0, 17)},u${user()},${item()},${whole(300)}`,
        "bid_id,timestamp,user_id,creative_id,price",
      ),
      "clicks.csv": ["bid_id,click_time", ...Array.from({ length: 12 }, (_, at) => `b${at * 5},${when(at)}`)].join(
        "\n",
      ),
    },
    expects: { refused: /clicks\.csv names 12 of the 60 rows of impressions\.csv by `bid_id`/u },
  },
  {
    name: "products of orders, whose buyers stand in another file",
    files: {
      "order_products.csv": rows(
        (at) => `${1 + Math.floor(at / 3)},${item()},${1 + (at % 3)},${at % 2}`,
        "order_id,product_id,add_to_cart_order,reordered",
      ),
      "orders.csv": [
        "order_id,user_id,order_number,order_dow",
        ...Array.from({ length: 20 }, (_, at) => `${1 + at},${100 + (at % 5)},${1 + Math.floor(at / 5)},${at % 7}`),
      ].join("\n"),
    },
    expects: { refused: /says what \(`product_id`\) and orders\.csv says who \(`user_id`\); `order_id` brings/u },
  },
  {
    name: "streams watched, each row with a stream of its own, in steps of ten minutes",
    files: { "100k_a.csv": rows((at) => `${user()},${33842865744 + at},streamer${item()},${154 + at},${156 + at}`) },
    expects: { system: "recommendation", events: ROWS, timeless: true, item: "3" },
  },
  {
    name: "clicks of articles with two moments each, in two files",
    files: Object.fromEntries(
      ["000", "001"].map((part) => [
        `clicks_hour_${part}.csv`,
        rows(
          (at) =>
            `${user()},${1506825423271737 + Math.floor(at / 4)},${when(at - (at % 4))}000,${item()},${when(at)}500,4`,
          "user_id,session_id,session_start,click_article_id,click_timestamp,click_environment",
        ),
      ]),
    ),
    expects: ranked({ events: 2 * ROWS, item: "click_article_id" }),
  },
  {
    name: "months and days of a log without a year",
    files: {
      "user_log.csv": rows(
        () => `${user()},${item()},${510 + whole(21)},${whole(4)}`,
        "user_id,item_id,time_stamp,action_type",
      ),
    },
    expects: { question: /`time_stamp` holds months and days without a year/u },
  },
  {
    name: "events of an app with microseconds, a pseudonym and a name of the event",
    files: {
      "events.csv": rows(
        (at) =>
          `${iso(at).slice(0, 10).replaceAll("-", "")},${when(at)}000000,${["view_item", "view_item", "purchase"][at % 3]},${1_000_000 + user()}.17,SKU${item()}`,
        "event_date,event_timestamp,event_name,user_pseudo_id,item_id",
      ),
    },
    expects: ranked({ kinds: ["purchase", "view-item"], item: "item_id" }),
  },
  {
    name: "messages of a log with milliseconds in quotes and what happened nested in them",
    files: {
      "clicks.jsonl": rows((at) =>
        JSON.stringify({
          offset: at,
          ts: `${when(at)}000`,
          value: { user: { id: `u${user()}` }, item: { id: item() }, action: ["view", "view", "buy"][at % 3] },
        }),
      ),
    },
    expects: ranked({ kinds: ["buy", "view"], item: "value.item.id" }),
  },
];
