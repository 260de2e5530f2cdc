/** Small tables in the style of public data sets: their names, oddities and units, no row of theirs. */

import { gzipSync } from "node:zlib";
import { createRandom } from "../src/core/random.ts";

/** A layout, and what reading it without a hand-written mapping has to give. */
export interface DataLayout {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** The files to give, in order; all where absent. */
  readonly given?: readonly string[];
  readonly expects:
    | {
        readonly system: string;
        readonly events: number;
        readonly first?: string;
        readonly kinds?: readonly string[];
        readonly timeless?: boolean;
        /** Of cases: the column that is predicted, and how many rows hold its yes. */
        readonly label?: string;
        readonly positives?: number;
        /** Of a system that is unknown: what a draft asks in place of a note. */
        readonly asks?: RegExp;
      }
    | { readonly question: RegExp }
    | { readonly refused: RegExp };
}

const random = createRandom(5);
const whole = (below: number): number => Math.floor(random.uniform() * below);
const ROWS = 60;
const START = Date.parse("2019-10-01T00:00:00Z") / 1000;
/** Seconds of row `at`, an hour and a bit apart. */
const when = (at: number): number => START + at * 4003;
const date = (at: number): Date => new Date(when(at) * 1000);
const iso = (at: number): string => date(at).toISOString();
const FIRST = iso(0).slice(0, 10);
const two = (value: number): string => String(value).padStart(2, "0");

function rows(line: (at: number) => string, header?: string, end = "\n"): string {
  const lines = Array.from({ length: ROWS }, (_, at) => line(at));
  return [...(header === undefined ? [] : [header]), ...lines].join(end) + end;
}

const user = (): number => 100 + whole(12);
const item = (): number => 9000 + whole(15);
const stars = (): number => 1 + whole(5);
const ranked = (extra: Partial<Extract<DataLayout["expects"], { system: string }>> = {}): DataLayout["expects"] => ({
  system: "recommendation",
  events: ROWS,
  first: FIRST,
  ...extra,
});

export const DATA_LAYOUTS: readonly DataLayout[] = [
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
    name: "gzip of ratings",
    files: {
      "ratings.csv.gz": gzipSync(
        rows((at) => `${user()},${item()},${stars()},${when(at)}`, "user,item,rating,timestamp"),
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
    name: "card payments with customer and terminal",
    files: {
      "transactions.csv": rows(
        (at) =>
          `${at},${iso(at).slice(0, 19).replace("T", " ")},${user()},${1 + whole(9)},${whole(9000) / 100},${at % 7 === 0 ? 1 : 0}`,
        "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD",
      ),
    },
    expects: { system: "fraud-detection", events: ROWS, first: FIRST },
  },
  {
    name: "card payments of a merchant with a card number",
    files: {
      "fraudTrain.csv": rows(
        (at) =>
          `${at},${iso(at).slice(0, 19).replace("T", " ")},36${user()},"fraud_Rippin, ${whole(9)}",misc_net,${whole(9000) / 100},${at % 7 === 0 ? 1 : 0}`,
        ",trans_date_trans_time,cc_num,merchant,category,amt,is_fraud",
      ),
    },
    expects: { system: "fraud-detection", events: ROWS, first: FIRST },
  },
  {
    name: "payments in steps of an hour",
    files: {
      "PS.csv": rows(
        (at) => `${1 + at},PAYMENT,${whole(9000) / 100},C${user()},M${whole(9)},${at % 7 === 0 ? 1 : 0}`,
        "step,type,amount,nameOrig,nameDest,isFraud",
      ),
    },
    expects: { question: /start: 2020-01-01/u },
  },
  {
    name: "payments of anonymous columns",
    files: {
      "creditcard.csv": rows(
        (at) => `${at},${whole(100) / 50 - 1},${whole(100) / 50 - 1},${whole(9000) / 100},${at % 7 === 0 ? 1 : 0}`,
        "Time,V1,V2,Amount,Class",
      ),
    },
    expects: { question: /`Time` holds numbers/u },
  },
  {
    name: "clicks in short compact hours",
    files: {
      "train.csv": rows(
        (at) => `${1000 + at},${at % 5 === 0 ? 1 : 0},141021${two(whole(24))},${1005},site${whole(4)},app${whole(4)}`,
        "id,click,hour,C1,site_id,app_id",
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
  },
  {
    name: "churn with names of every kind",
    files: {
      "churn.csv": rows(
        (at) =>
          `${at + 1},15${at},Name,${300 + whole(500)},Spain,Female,${20 + whole(50)},${whole(9000)}.5,${at % 3 === 0 ? 1 : 0}`,
        "RowNumber,CustomerId,Surname,CreditScore,Geography,Gender,Age,Balance,Exited",
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
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
    name: "graded documents of LibSVM",
    files: { "rank.train": rows(() => `${whole(4)} 1:0.5 7:0.25`) },
    expects: { refused: /LibSVM/u },
  },
  {
    name: "ratings of which one row is cut",
    files: {
      "ratings.csv": `${rows((at) => `${user()},${item()},${stars()},${when(at)}`, "user_id,item_id,rating,timestamp")}101,9001`,
    },
    expects: { question: /the one row that is not as the others .*line 62/u },
  },
  {
    name: "an archive that is not read",
    files: { "data.zip": Buffer.from("504b030414000000080000", "hex") },
    given: ["data.zip"],
    expects: { refused: /zip file/u },
  },
  {
    name: "impressions parted by tabs without a header, a click first and hashed words after counts",
    files: {
      day_0: rows((at) =>
        [at % 4 === 0 ? 1 : 0, whole(9), whole(90), "", whole(7), `68fd1e${10 + (at % 9)}`, `80e26c9${at % 3}`].join(
          "\t",
        ),
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
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
    name: "JSON lines of which one is cut",
    files: {
      "broken.jsonl": rows((at) =>
        at === 40 ? '{"user_id": 5, "item' : JSON.stringify({ user_id: user(), item_id: item(), ts: when(at) }),
      ),
    },
    expects: { refused: /JSON/u },
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
    name: "transactions with seconds from a moment that is not said",
    files: {
      "train_transaction.csv": rows(
        (at) =>
          `${2987000 + at},${at % 9 === 0 ? 1 : 0},${86400 + at * 977},${whole(900)}.5,W,${whole(9999)},${whole(500)}.0,visa,gmail.com,`,
        "TransactionID,isFraud,TransactionDT,TransactionAmt,ProductCD,card1,addr1,card4,P_emaildomain,dist2",
      ),
    },
    expects: { question: /when|step|began/iu },
  },
  {
    name: "a bank's calls with semicolons, quotes, months in words and yes or no",
    files: {
      "bank-full.csv": rows(
        (at) =>
          `${20 + whole(60)};"admin.";"married";"no";${whole(4000)};"may";${1 + (at % 28)};${whole(600)};"${at % 5 === 0 ? "yes" : "no"}"`,
        '"age";"job";"marital";"default";"balance";"month";"day";"duration";"y"',
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
  },
  {
    name: "incomes with question marks, blanks after commas and no header",
    files: {
      "adult.data": rows(
        (at) =>
          `${20 + whole(50)}, ${at % 7 === 0 ? "?" : "Private"}, ${70000 + whole(9999)}, HS-grad, ${whole(16)}, Divorced, Sales, White, ${whole(9)}, ${20 + whole(40)}, ${at % 4 === 0 ? ">50K" : "<=50K"}`,
      ),
    },
    expects: { system: "binary-classification", events: ROWS, label: "11", positives: ROWS / 4 },
  },
  {
    name: "subscribers with days as compact numbers and a churn flag",
    files: {
      "train.csv": rows(
        (at) =>
          `h${user()}${at}=,${iso(at).slice(0, 10).replaceAll("-", "")},${1 + whole(40)},149,${at % 6 === 0 ? 1 : 0}`,
        "msno,transaction_date,payment_method_id,actual_amount_paid,is_churn",
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
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
    name: "credits parted by blanks, the answer 1 or 2 last",
    files: {
      "german.data": rows(
        (at) =>
          `A1${whole(4)} ${4 + whole(60)} A34 A4${whole(9)} ${250 + whole(9000)} A65 4 A93 ${whole(5)} ${20 + whole(50)} A201 ${at % 3 === 0 ? 2 : 1}`,
      ),
    },
    expects: { system: "binary-classification", events: ROWS, label: "12", positives: ROWS / 3 },
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
    name: "impressions whose identifiers look like nanoseconds, beside short compact hours",
    files: {
      "train.csv": rows(
        (at) =>
          `${10n ** 18n + BigInt(at) * 7919n},${at % 5 === 0 ? 1 : 0},1410${21 + (at % 8)}${two(at % 24)},${1000 + whole(9)},${whole(3)},s${whole(5)},d${whole(5)},app${whole(6)},dev${user()},${whole(90)},${whole(9)},${whole(7)}`,
        "id,click,hour,C1,banner_pos,site_id,site_domain,app_id,device_id,C14,C15,C16",
      ),
    },
    expects: {
      system: "binary-classification",
      events: ROWS,
      first: "2014-10-21",
      label: "click",
      positives: ROWS / 5,
    },
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
    name: "twelve columns without a header and without a label",
    files: {
      "training.txt": rows(() =>
        Array.from({ length: 12 }, (_, at) => (at === 0 ? whole(4) : 100 + whole(50 * (at + 1)))).join("\t"),
      ),
    },
    expects: { system: "unknown", events: ROWS, asks: /Which columns say who, what/u },
  },
  {
    name: "card payments with a second clock that is seven years ahead",
    files: {
      "fraudTrain.csv": rows(
        (at) =>
          `${at},${iso(at).slice(0, 19).replace("T", " ")},36${user()},"fraud_Rippin, ${whole(9)}",misc_net,${whole(9000) / 100},${when(at) + 189302400 > 1790000000 ? 0 : when(at) - 189302400},${at % 7 === 0 ? 1 : 0}`,
        ",trans_date_trans_time,cc_num,merchant,category,amt,unix_time,is_fraud",
      ),
    },
    expects: { system: "fraud-detection", events: ROWS, first: FIRST },
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
    name: "loans with decimal commas and points between thousands",
    files: {
      "kredit.csv": rows(
        (at) =>
          `${at};${iso(at).slice(8, 10)}.10.2019;${1 + whole(9)}.${two(whole(90))}${whole(9)},${two(whole(90))};${whole(9)},${whole(9)};${at % 4 === 0 ? 1 : 0}`,
        "id;datum;betrag;zins;default",
      ),
    },
    expects: { question: /The draft reads them so: `decimal: ",", thousands: "\."`/u },
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
];
