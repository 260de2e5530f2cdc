import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** What is good and what is touched by most are different titles: a run that takes dislikes for likes recommends the worst. */
const random = createRandom(9);
const deeds = Array.from({ length: 2400 }, (_, at) => {
  const taste = Math.floor(random.uniform() * 3);
  const member = `m${taste}-${Math.floor(random.uniform() * 30)}`;
  const isHated = random.uniform() < 0.55;
  const title = isHated
    ? `bad${Math.floor(random.uniform() * 12)}`
    : `good${taste}-${Math.floor(random.uniform() * 12)}`;
  return { member, title, time: 1_600_000_000 + at * 1800, verdict: isHated ? -1 : 1 };
});

interface Twin {
  readonly said: (verdict: number) => string;
  readonly source: string;
  readonly frame: string;
  readonly time?: string;
}

const STARS: Twin = {
  said: (verdict) => (verdict > 0 ? "5" : "1"),
  source: "columns: { rating: said }",
  frame: 'label: { event: rating, positive: ">= 4", negative: "<= 2", window: 7 d }',
};
const LIKES: Twin = {
  said: (verdict) => (verdict > 0 ? "LIKE" : "DISLIKE"),
  source: "columns: { event: said }, events: { LIKE: like, DISLIKE: dislike }",
  frame: "label: { positive: [like], negative: [dislike], window: 7 d }",
};
const GOODS: Twin = {
  said: (verdict) => (verdict > 0 ? "transaction" : "refund"),
  source: "columns: { event: said }, events: { transaction: purchase, refund: return }",
  frame: "label: { event: purchase, negative: [return], window: 7 d }",
};

let folder = "";
beforeAll(() => {
  folder = temporaryFolder();
});

async function run(name: string, { said, source, frame, time = "time" }: Twin): Promise<RunRecord> {
  const rows = deeds.map(({ member, title, time: at, verdict }) => [member, title, at, said(verdict)].join(","));
  writeFileSync(join(folder, `${name}.csv`), `member,title,time,said\n${rows.join("\n")}\n`);
  const isTimeless = time === "none";
  const split = isTimeless ? "by: leave-one-out" : "by: time, train: 70%, validation: 10%, test: 20%";
  const note = [
    "---\nheptad: 1\ntitle: Twin\nsystem: recommendation\n---\n## 2. Frame the ML problem\n```yaml\ntask: ranking",
    `${frame}\nbaseline: { rule: most-popular, window: all, metric: ndcg@10 }\nmetrics: { offline: [ndcg@10, recall@20] }\n\`\`\``,
    `## 3. Data engineering and feature pipeline\n\`\`\`yaml\nsource: { format: csv, path: ${name}.csv, ${source} }\ntime: ${time}`,
    `split: { ${split} }\n\`\`\`\n## 4. Model selection and architecture\n\`\`\`yaml\nstages:`,
    "  - { name: candidates, model: als, factors: 8, iterations: 4, keep: 20 }\n```\n",
  ];
  writeFileSync(join(folder, `${name}.md`), note.join("\n"));
  const { stdout, stderr, status } = await heptadHere(folder, [
    "run",
    join(folder, `${name}.md`),
    "--threads",
    "2",
    "--json",
  ]);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return runRecordSchema.parse(JSON.parse(stdout));
}

/** The quality of every list: nothing that is a count of the log, and nothing that a clock made. */
function qualities({ figures }: RunRecord): Readonly<Record<string, number>> {
  const judged = figures.filter(({ step, name }) => step === 5 && /ndcg|recall|coverage/u.test(name));
  return Object.fromEntries(
    judged.map(({ subject, name, slice, against, value }) => [`${subject} ${name} ${slice} ${against ?? ""}`, value]),
  );
}

function countOf({ figures }: RunRecord, name: string): number {
  return figures.find((one) => one.subject === "data" && one.name === name)?.value ?? Number.NaN;
}

describe("a declared preference through a whole run", () => {
  it("gives the same lists for stars, likes and dislikes, and purchases and returns", async () => {
    const stars = await run("stars", STARS);
    const wanted = deeds.filter(({ verdict }) => verdict > 0).length;
    expect([countOf(stars, "positive events"), countOf(stars, "negative events")]).toEqual([
      wanted,
      deeds.length - wanted,
    ]);
    const judged = qualities(stars);
    expect(Object.keys(judged).length).toBeGreaterThan(4);
    expect(qualities(await run("likes", LIKES))).toEqual(judged);
    expect(qualities(await run("goods", GOODS))).toEqual(judged);
    // Titles that are mostly disliked fill the lists of a run that is deaf to the declaration.
    const ndcg = stars.figures.filter(
      ({ subject, name, slice, against }) =>
        subject !== "baseline" && name === "ndcg@10" && slice === "all" && against === undefined,
    );
    expect(Math.max(...ndcg.map(({ value }) => value))).toBeGreaterThan(0.15);
  });

  it("is heard where there is no time", async () => {
    const timeless = { time: "none" };
    const stars = await run("stars-timeless", { ...STARS, ...timeless });
    expect(qualities(await run("likes-timeless", { ...LIKES, ...timeless }))).toEqual(qualities(stars));
    expect(stars.figures.map(({ name }) => name)).not.toContain("history");
  });
});
