import { describe, expect, it } from "vitest";
import type { StepNumber } from "../../core/figure.ts";
import { readNumbers } from "./read-numbers.ts";

function read(text: string, under = "", steps: readonly StepNumber[] = [1]): string[] {
  const place = { file: "a.md", line: 1, quote: text };
  return readNumbers({ text, steps, under, place }).proposals.map(({ path, value }) => `${path.join(".")} ${value}`);
}

describe("numbers whose thousands are parted", () => {
  it.each([
    ["12 500 DAU", "users.daily 12500"],
    ["12\u202f500 DAU", "users.daily 12500"],
    ["1'500'000 DAU", "users.daily 1500000"],
    ["DAU: 12 500", "users.daily 12500"],
    ["3 000 rps", "requests.average 3000/s"],
    ["QPS: 3 000", "requests.average 3000/s"],
    ["In 2024 500 rps"],
    ["QPS ~ 10^5"],
    ["10^5 rps"],
  ])("%s", (text, ...found) => {
    expect(read(text)).toEqual(found);
  });
});

describe("two numbers of one line of traffic", () => {
  it.each([
    ["QPS: 5K average, 15K peak", "requests.average 5k/s", "requests.peak 15k/s"],
    ["QPS: average 5.5K, peak 15K", "requests.average 5.5k/s", "requests.peak 15k/s"],
    ["QPS ~ 5K (peak: 15K)", "requests.average 5k/s", "requests.peak 15k/s"],
    ["RPS is 200 on average and 900 at peak", "requests.average 200/s"],
    ["QPS: 5K, peak after 3 minutes", "requests.average 5k/s"],
    ["QPS: 5K, peak 3x", "requests.average 5k/s"],
    ["2.3k QPS avg; peak 3x = 7k QPS", "requests.average 2.3k/s", "requests.peak 7k/s"],
    ["QPS: 5K average, 200 replicas at peak", "requests.average 5k/s"],
    ["QPS of each replica: 5K average, 15K peak"],
    ["QPS: average 5K peak 15K", "requests.peak 15k/s"],
  ])("%s", (text, ...found) => {
    expect([...new Set(read(text))].sort()).toEqual(found);
  });
});

describe("numbers of a line of prose", () => {
  it.each([
    ["About 20 million daily active users.", "users.daily 20M"],
    ["20K DAU", "users.daily 20k"],
    ["1 million unique users per day", "users.daily 1M"],
    ["DAU: 3 million", "users.daily 3M"],
    ["Daily active users ~ 3 million", "users.daily 3M"],
    ["DAU ~ 30000 RPS", "requests.average 30000/s"],
    ["Daily active users: 200 ad requests per second", "requests.average 200/s"],
    ["We have 2 million registered members.", "users.total 2M"],
    ["A catalogue of 40,000 RESTAURANTS.", "items.count 40000"],
    ["We serve 300 ad requests per second.", "requests.average 300/s"],
    ["At peak 900 Queries / second.", "requests.peak 900/s"],
    ["It takes 500 QPS.", "requests.average 500/s"],
    ["Traffic is 3 times the usual at night.", "requests.peak 3x"],
    ["Peak load: x5 above average.", "requests.peak 5x"],
    ["P99 latency is 120 ms.", "latency.p99 120 ms"],
    ["The 95th Percentile should be under 2 seconds.", "latency.p95 2 s"],
    ["Answers in 80 ms at p95.", "latency.p95 80 ms"],
    ["99.9% uptime is asked.", "availability 99.9%"],
    ["Availability: 99.95 %", "availability 99.95%"],
    ["Positives: 1/1000", "labels.positive-rate 1 in 1000"],
    ["The rate of POSITIVES is 2 %.", "labels.positive-rate 2%"],
    ["The budget is $5k per month.", "budget $5k/month"],
    ["The budget is 2 million dollars per year.", "budget $2M/year"],
    ["1/1000 of the impressions are positive.", "labels.positive-rate 1 in 1000"],
    ["The p99 must not exceed 150 ms.", "latency.p99 150 ms"],
    ["Availability of 99.99% is not required; 99.5% uptime is enough.", "availability 99.5%"],
    ["99.5% uptime, not 99.99% uptime.", "availability 99.5%"],
    ["Instead of 2 million users we plan for 3 million users.", "users.total 3M"],
    ["20 million DAU, which is not many.", "users.daily 20M"],
    ["Not only 20 million DAU, peaks too.", "users.daily 20M"],
    ["We see 2,500 payments per second.", "requests.average 2500/s"],
    ["It takes 900 QPS at peak.", "requests.peak 900/s"],
    ["It takes 900 QPS (peak).", "requests.peak 900/s"],
    ["It takes 900 QPS in the evening peak.", "requests.peak 900/s"],
    ["Peak is x3 of the mean traffic.", "requests.peak 3x"],
    ["About 1 in 500 transactions is fraud.", "labels.positive-rate 1 in 500"],
    ["0.2% of payments are fraudulent.", "labels.positive-rate 0.2%"],
    ["DAU: 100M, growing", "users.daily 100M"],
    ["DAU: 100M, MAU: 400M", "users.daily 100M"],
    ["DAU = 10M.", "users.daily 10M"],
    ["DAU: 250K.", "users.daily 250k"],
    ["DAU: 1,500,000; it grows.", "users.daily 1500000"],
    ["DAU of 20 million", "users.daily 20M"],
    ["| DAU | 100M |", "users.daily 100M"],
    ["| **DAU** | about 100M |", "users.daily 100M"],
    ["QPS: 12,000", "requests.average 12000/s"],
    ["| QPS | 12k |", "requests.average 12k/s"],
    ["Peak QPS: 15K.", "requests.peak 15k/s"],
    ["QPS: 15K (peak)", "requests.peak 15k/s"],
    ["It answers in 300 milliseconds at the 99th percentile.", "latency.p99 300 ms"],
    ["Fraud rate: 0.17%", "labels.positive-rate 0.17%"],
    ["The churn rate is about 3 %.", "labels.positive-rate 3%"],
    ["Suppose we have 100M users.", "users.total 100M"],
    ["If they leave, our 2 million users stay.", "users.total 2M"],
    ["A competitor serves 50k QPS; we serve 3k QPS.", "requests.average 3k/s"],
    ["Canary 1% for a day, then 10%, then 50% of the users, then all.", "rollout [1%, 10%, 50%, 100%]"],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });

  it.each([
    "Line 12 of note 4 says why recall is weighed.",
    "Show 10 items.",
    "5 users were asked.",
    "Step 3, p. 12",
    "We do not need a p50 latency below 10 ms.",
    "There is no need for 99.99% uptime.",
    "Nobody asks for 99.99% uptime.",
    "Neither 99.9% uptime nor a p99 of 20 ms is asked.",
    "Traffic never reaches 500 QPS.",
    "500 requests per second per user at most.",
    "We have 10 billions events in the log.",
    "Each user makes 10 requests per day.",
    "They are 1B people, with 10 requests per day.",
    "One replica serves 200 QPS.",
    "The vendor handles 50k QPS.",
    "2% of positives are mislabeled.",
    "The team costs $100k per month.",
    "A call costs 4 minutes; a member is worth $38/month.",
    "It costs $2/month for each user.",
    "At that cost we would lose revenue of $2M per month.",
    "Currently p99 is 400 ms.",
    "QPS is 3x at night, on 12 servers.",
    "One replica has QPS of 200.",
    "We keep 3 replicas of the Kafka topic.",
    "The fraud rate is low.",
    "A competitor serves 50k QPS.",
    "Unlike the old system with 3 million users, we have 9 million.",
    "If we had 100M users we would shard; we have few.",
    "Before the merger there were 3 million users in the old system.",
    "We used to serve 5k QPS.",
    "It must not fall below 10 QPS.",
    "At least 10 QPS",
    "Between 5 and 8 million photos in the catalogue.",
    "between 100M and 200M users",
    "between 1k and 2k QPS",
    "10-20k QPS",
  ])("proposes nothing of: %s", (text) => {
    expect(read(text)).toEqual([]);
  });
});

it("reads replicas where deployment is spoken of", () => {
  expect(read("Six pods, that is 6 replicas behind a balancer.", "", [6])).toEqual(["serving.replicas 6"]);
  expect(read("We run 3 replicas.", "", [6])).toEqual(["serving.replicas 3"]);
  expect(read("We run 3 replicas.", "", [3])).toEqual([]);
  expect(read("3 replicas of the Kafka topic", "", [6])).toEqual([]);
  expect(read("3 replicas per region", "", [6])).toEqual([]);
  expect(read("Replicas: 12", "", [6])).toEqual(["serving.replicas 12"]);
  expect(read("| replicas | 12 |", "", [6])).toEqual(["serving.replicas 12"]);
  expect(read("Replicas: 12 GB of memory for each", "", [6])).toEqual([]);
  expect(read("Replicas of Redis: 3", "", [6])).toEqual([]);
  expect(read("Replicas: 12", "", [3])).toEqual([]);
});

it("says of a range and of a bound that they are no number to design for", () => {
  const said = (text: string): string[] =>
    readNumbers({ text, steps: [1], under: "", place: { file: "a.md", line: 1, quote: text } }).remarks.map(
      ({ says }) => says,
    );
  expect(said("between 1k and 2k QPS")).toEqual([
    "requests.average is a range; write the one number that the design must bear",
  ]);
  expect(said("Not below 10 QPS")).toEqual([
    "requests.average is a bound, and no mean; write the one number that the design must bear",
  ]);
  expect(said("Latency was 900 ms in the old system.")).toEqual([]);
});

describe("a peak", () => {
  it.each([
    [
      "40M predictions a day, peaks on Friday evenings of 4x the mean",
      ["requests.average 40M/day", "requests.peak 4x"],
    ],
    ["average 1,000 QPS, peak 5,000 QPS", ["requests.average 1000/s", "requests.peak 5000/s"]],
    ["200 QPS and peaks of 900 QPS", ["requests.average 200/s", "requests.peak 900/s"]],
    ["peak 900 QPS, average 200 QPS", ["requests.peak 900/s", "requests.average 200/s"]],
    ["at the peak of the day and on average 200 QPS", ["requests.average 200/s"]],
  ])("is of the number that it stands beside: %s", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe("a price that cannot be taken as it is", () => {
  it("is said with its currency", () => {
    const text = "The budget is €3k/month.";
    const read = readNumbers({ text, steps: [1], under: "", place: { file: "a.md", line: 1, quote: text } });
    expect(read.proposals).toEqual([]);
    expect(read.remarks).toMatchObject([{ says: expect.stringContaining("US dollars"), at: { quote: "€3k/month" } }]);
    expect(read.remarks[0].says, "no figure that is not the writer's").not.toMatch(/\d/u);
    expect(read.remarks[0].says).toContain("`budget: $…/month`");
  });
});

describe("a number that is not this system's own, or not of its usual day", () => {
  const both = (text: string, steps: readonly StepNumber[] = [1], titled?: string): [string[], string[]] => {
    const place = { file: "a.md", line: 1, quote: text };
    const { proposals, remarks } = readNumbers({ text, steps, under: "", place, titled });
    return [proposals.map(({ path, value }) => `${path.join(".")} ${value}`), remarks.map(({ says }) => says)];
  };
  const also = (what: string, of: string): string => `also read: ${what}, said of ${of}; not proposed`;

  it.each([
    ["Twitter has 400M DAU, we have 2M DAU", ["users.daily 2M"], [also("users.daily as 400M", "`Twitter`")]],
    ["Netflix has 250M users", [], [also("users.total as 250M", "`Netflix`")]],
    ["| Netflix | 250M users |", [], [also("users.total as 250M", "`Netflix`")]],
    ["400M DAU (Twitter)", [], [also("users.daily as 400M", "`Twitter`")]],
    ["400M DAU, at Twitter", [], [also("users.daily as 400M", "`Twitter`")]],
    ["40 QPS on average at night", [], [also("requests.average as 40/s", "a part of the day")]],
    ["Acme has 250M users.", [], [also("users.total as 250M", "`Acme`")]],
    ["Search handles 900 QPS.", ["requests.average 900/s"], []],
    [
      "Google handles 8.5 billion searches a day; ours is 3 million searches a day",
      ["requests.average 3M/day"],
      [also("requests.average as 8.5bn/day", "`Google`")],
    ],
    [
      "If traffic reaches 900 QPS we shard. Today: 40 requests per minute on average",
      ["requests.average 40/minute"],
      [also("requests.average as 900/s", "a condition")],
    ],
    ["Above 900 QPS we shard", [], [also("requests.average as 900/s", "a condition")]],
    ["we expect 25M DAU next year", [], [also("users.daily as 25M", "what may come")]],
    ["Next year, we expect 25M DAU", [], [also("users.daily as 25M", "what may come")]],
    ["1.5 billion users in total, of which 300 million daily", ["users.daily 300M", "users.total 1.5bn"], []],
    ["worst case 9M DAU, typical 3M DAU", ["users.daily 3M"], [also("users.daily as 9M", "an extreme")]],
    ["Last year we served 3M DAU, now 9M DAU", ["users.daily 9M"], [also("users.daily as 3M", "another time")]],
    [
      "A competitor serves 50k QPS; we serve 3k QPS.",
      ["requests.average 3k/s"],
      [also("requests.average as 50k/s", "what is denied there, or of something else")],
    ],
    ["Currently p99 is 400 ms.", [], [also("latency.p99 as 400 ms", "how it is today")]],
    [
      "must not exceed p95 of 80ms in the ranking stage only",
      [],
      [also("latency.p95 as 80 ms", "a part of the request")],
    ],
    ["Feature store lookup: p99 5 ms", [], [also("latency.p99 as 5 ms", "a part of the request")]],
    ["End-to-end p99 of 120 ms including the ranking stage", ["latency.p99 120 ms"], []],
    [
      "positives 3 % before filtering, 8% after",
      [],
      [
        also("labels.positive-rate as 3%", "one stage of the data"),
        "also read: 8%, beside labels.positive-rate; not proposed",
      ],
    ],
    [
      "10k QPS / 500 QPS = 20 servers",
      [],
      [also("requests.average as 500/s", "a factor of a calculation"), "computed again: 20, which agrees"],
    ],
    ["Ranking: 100 ms p99", [], [also("latency.p99 as 100 ms", "a part of the request")]],
    ["p99 latency budget: 200ms total", ["latency.p99 200 ms"], []],
    ["It was decided that p99 is 100 ms", ["latency.p99 100 ms"], []],
    ["AWS handles 3M requests per second", [], [also("requests.average as 3M/s", "`AWS`")]],
    ["S3 offers 99.99% availability", [], [also("availability as 99.99%", "`S3`")]],
    ["Vendor SLA is 99.95% availability", [], [also("availability as 99.95%", "others")]],
    ["Should we support 100M users?", [], [also("users.total as 100M", "a question")]],
    ["2M DAU per region", [], [also("users.daily as 2M", "one of several")]],
    [
      "Android: 70M DAU, iOS: 30M DAU",
      [],
      [also("users.daily as 70M", "one of several"), also("users.daily as 30M", "one of several")],
    ],
    [
      "In the US we have 50M users, in the EU 30M users",
      [],
      [also("users.total as 50M", "one of several"), also("users.total as 30M", "one of several")],
    ],
    ["The database gives 99.99% availability", [], [also("availability as 99.99%", "a part of the system")]],
    [
      "Budget: serving $5k/month, storage $1k/month, total $6k/month",
      ["budget $6k/month"],
      [also("budget as $5k/month", "a part of the cost"), also("budget as $1k/month", "a part of the cost")],
    ],
    ["100k users in the test group", [], [also("users.total as 100k", "a sample")]],
    ["We train on 1M users", [], [also("users.total as 1M", "a sample")]],
    ["50k users per day per server", [], [also("users.daily as 50k", "one of several")]],
    ["Our biggest customer has 2M users", [], [also("users.total as 2M", "one of several")]],
    ["1M users churn", [], [also("users.total as 1M", "some of them, or of what is gone")]],
    ["We load tested 5000 QPS", [], [also("requests.average as 5000/s", "an extreme")]],
    ["We have 10M DAU in the US, 900 QPS", ["users.daily 10M", "requests.average 900/s"], []],
    ["Black Friday: 90k QPS", [], [also("requests.average as 90k/s", "a day or an hour that is not the usual one")]],
    ["Peak (Black Friday): 90k QPS", ["requests.peak 90k/s"], []],
    ["p99 latency SLO is 250 ms, we are at 180 ms today", ["latency.p99 250 ms"], []],
    ["The beta has 20k users.", [], [also("users.total as 20k", "an early stage")]],
    [
      "1M DAU to 5M DAU",
      [],
      [also("users.daily as 1M", "one end of a range"), also("users.daily as 5M", "one end of a range")],
    ],
    ["DAU: 10M → 20M", [], [also("users.daily as 10M", "one end of a range")]],
    ["10M DAU → 900 QPS", ["users.daily 10M", "requests.average 900/s"], []],
    ["DAU: 1M today, 10M tomorrow", ["users.daily 1M"], ["also read: 10M, beside users.daily; not proposed"]],
    ["The share of positive examples is 2%", ["labels.positive-rate 2%"], []],
  ])("is named and not proposed: %s", (text, proposed, said) => {
    expect(both(text)).toEqual([proposed, said]);
  });

  it.each([
    [
      "We had 2 replicas and 8 crashed, so there are 16 instances now",
      ["serving.replicas 16"],
      [also("serving.replicas as 2", "another time")],
    ],
    ["We removed 3 of 8 replicas", [], [also("serving.replicas as 8", "some of them, or of what is gone")]],
    ["from 4 up to 12 replicas", [], ["serving.replicas is a range; write the one number that the design must bear"]],
    ["4-12 pods", [], ["serving.replicas is a range; write the one number that the design must bear"]],
    ["at most 12 replicas", [], [also("serving.replicas as 12", "a bound, and not of the usual day")]],
    [
      "2 replicas for staging, 12 replicas for production",
      ["serving.replicas 12"],
      [also("serving.replicas as 2", "an early stage")],
    ],
    ["16 replicas, each 2 GPUs", ["serving.replicas 16"], []],
    [
      "Rollback if CTR drops 1%, then 2%",
      [],
      ["also read: 1%, 2%, shares of something else than a rollout; not proposed"],
    ],
    ["24 pods", ["serving.replicas 24"], []],
    ["63 replicas of 4", ["serving.replicas 63"], []],
    ["30 instances of a drift detector", [], []],
    [
      "rollout 100% at once / 1%, then 5% error rate allowed",
      [],
      ["also read: rollout as [1%, 5%], of which the last is said of something else; not proposed"],
    ],
  ])("is so of replicas and of a rollout too: %s", (text, proposed, said) => {
    expect(both(text, [6])).toEqual([proposed, said]);
  });

  it("is its own where the design is of that firm, unless the line tells the two apart", () => {
    expect(both("Twitter has 400M DAU", [1], "design twitter search")).toEqual([["users.daily 400M"], []]);
  });
});

describe("limits in other words", () => {
  it.each([
    ["Response within 150 milliseconds for 99% of requests", "latency.p99 150 ms"],
    ["99% of requests must be answered within 150 ms", "latency.p99 150 ms"],
    ["labels are delayed by 7 days", "labels.delay 7 d"],
    ["labels arrive within 30 days", "labels.delay 30 d"],
    ["Label delay: 3 days", "labels.delay 3 d"],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });
});
