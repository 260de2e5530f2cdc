/** The project that examples speak of: designs with their history, a table, notes to import, answers and a plan, an interview that was left. */

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import sharp from "sharp";
import { createRandom } from "../../src/core/random.ts";
import { openDuckdb } from "../../src/node/duckdb.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { runApart } from "./run-example.ts";

const ROOT = join(import.meta.dirname, "..", "..");

const ANSWER = {
  type: "answer",
  id: "mx000000-0123456789abcdef",
  at: "2026-11-01T10:00:00.000Z",
  question: "embedding-table-size",
  area: "ranking",
  level: 1,
  guess: 0,
  seed: 1,
  typed: "1 GB",
  verdict: "right",
  score: 1,
  hints: 0,
  seconds: 10,
  mode: "practice",
};
const PLAN = {
  type: "plan",
  id: "mx000001-0123456789abcdef",
  at: "2026-11-01T10:00:00.000Z",
  // A plan reaches at most five years, so that a fixed day would be too far or past.
  until: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
  hoursPerWeek: 5,
  target: 5,
};
const LEFT = { type: "start", at: "2026-11-01T10:00:00.000Z", session: "left", problem: "visual-search", minutes: 45 };

/** Made once; examples get copies of it. */
export async function makeProject(): Promise<string> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "history", "interviews"), { recursive: true });
  mkdirSync(join(folder, ".heptad"));
  mkdirSync(join(folder, "notes"));
  writeFileSync(join(folder, ".heptad", "machine"), "elsewhere\n");
  writeFileSync(join(folder, "history", "before.jsonl"), `${JSON.stringify(ANSWER)}\n${JSON.stringify(PLAN)}\n`);
  writeFileSync(join(folder, "history", "interviews", "left.jsonl"), `${JSON.stringify(LEFT)}\n`);
  cpSync(join(ROOT, "designs"), join(folder, "designs"), {
    recursive: true,
    filter: (path) => basename(path) !== "runs",
  });
  cpSync(join(folder, "designs", "feed-ranking.md"), join(folder, "designs", "feed.md"));
  cpSync(join(folder, "designs", "movie-recommendations.md"), join(folder, "NOTE.md"));
  writeFileSync(
    join(folder, "notes", "ads.md"),
    "# Ads\n\n## Requirements\n\n10M users a day.\n\n## Where the money goes\n\nAlerts on spend.\n",
  );
  for (const name of ["ana", "ben"])
    runApart(folder, `heptad interview fraud-detection --interviewer --sheet ${name}.yaml`);
  writeTables(folder);
  await writeParquet(folder);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", "-C", folder, ...args], {
      stdio: "pipe",
    });
  git("init", "-q", "-b", "main");
  writeFileSync(join(folder, ".gitignore"), ".heptad/\nhistory/\n");
  git("add", ".");
  git("commit", "-q", "-m", "Begin");
  git("checkout", "-q", "-b", "work");
  const feed = join(folder, "designs", "feed.md");
  writeFileSync(feed, readFileSync(feed, "utf8").replace(/^title: .*$/mu, "title: Feed of friends"));
  git("commit", "-q", "-a", "-m", "Name it");
  return folder;
}

/** Two small designs under the names of the reference designs that run, both run; two models of one; the folders of two runs. */
export function makeSmallProject(from: string): string {
  const folder = temporaryFolder();
  cpSync(from, folder, { recursive: true });
  const must = (line: string): void => {
    const { status, err } = runApart(folder, line);
    if (status !== 0) throw new Error(`\`${line}\` failed in the small project: ${err}`);
  };
  for (const [fixture, name] of [
    ["tiny-recommendation.md", "movie-recommendations"],
    ["small-fraud.md", "card-fraud"],
  ])
    cpSync(join(ROOT, "test", "fixtures", fixture), join(folder, "designs", `${name}.md`));
  const movies = join(folder, "designs", "movie-recommendations.md");
  const run = "heptad run designs/movie-recommendations.md --threads 1 --json";
  const add = "heptad model add designs/movie-recommendations.md --promote";
  for (const line of ["heptad run designs/card-fraud.md --threads 1 --json", run, add]) must(line);
  writeFileSync(movies, readFileSync(movies, "utf8").replace("diversity: 0.2", "diversity: 0.5"));
  for (const line of [run, add]) must(line);
  cpSync(movies, join(folder, "NOTE.md"));
  // In a repository the runs lie at its root, whatever folder the note is in.
  const runs = join(folder, "runs", "movie-recommendations");
  const [first, second] = readdirSync(runs).filter((name) => /^[0-9a-f]{12}$/u.test(name));
  cpSync(join(runs, first), join(folder, "runs", "movies", "1a2b3c4d5e6f"), { recursive: true });
  cpSync(join(runs, second), join(folder, "runs", "movies", "6f5e4d3c2b1a"), { recursive: true });
  return folder;
}

/** A search by photo small enough to be trained in a second, a folder of drawn photos by class, and one that asks. */
export async function writePhotos(folder: string): Promise<void> {
  const path = join(folder, "designs", "visual-search.md");
  const small = readFileSync(path, "utf8")
    .replace("items: 480", "items: 40")
    .replace(/model: cnn, .*batch: 32/u, "model: cnn, dimensions: 64, width: 2, size: 16, epochs: 1, batch: 16")
    .replace(/optimize:\n(?: {2}- .*\n)+/u, "");
  writeFileSync(path, small);
  const random = createRandom(5);
  const side = 24;
  for (const [at, kind] of ["hat", "shirt", "shoe"].entries()) {
    mkdirSync(join(folder, "photos", kind), { recursive: true });
    for (let photo = 0; photo < 40; photo++) {
      const pixels = Uint8Array.from({ length: side * side * 3 }, (_, i) =>
        Math.round(60 * random.uniform() + (i % 3 === at ? 150 : 30)),
      );
      const image = sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
      await image.png().toFile(join(folder, "photos", kind, `${photo}.png`));
      if (kind === "shirt" && photo === 0) await image.jpeg().toFile(join(folder, "shirt.jpg"));
    }
  }
}

/** Ratings, titles and members of a drawn world in the files of MovieLens 100K; no row is one of theirs. */
export function writeMovieLens(folder: string): void {
  const random = createRandom(11);
  mkdirSync(folder, { recursive: true });
  const lines = (count: number, line: (at: number) => string): string =>
    `${Array.from({ length: count }, (_, at) => line(at)).join("\n")}\n`;
  const seen = new Set<string>();
  const ratings = lines(4000, (at) => {
    let pair = "";
    do pair = `${1 + random.below(90)}\t${1 + random.below(70)}`;
    while (seen.has(pair));
    seen.add(pair);
    return `${pair}\t${1 + random.below(5)}\t${880_000_000 + at * 4000 + random.below(4000)}`;
  });
  const flags = (): string => Array.from({ length: 19 }, () => Number(random.uniform() < 0.15)).join("|");
  writeFileSync(join(folder, "u.data"), ratings);
  writeFileSync(
    join(folder, "u.item"),
    lines(70, (at) => `${at + 1}|Title ${at + 1} (1990)|01-Jan-1990||http://example.org/${at + 1}|${flags()}`),
  );
  writeFileSync(
    join(folder, "u.user"),
    lines(90, (at) => `${at + 1}|${18 + random.below(50)}|${"FM"[random.below(2)]}|other|${10_000 + at}`),
  );
}

/** Interactions with a header, their items, and the rows of an experiment. */
function writeTables(folder: string): void {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const day = String(1 + (i % 28)).padStart(2, "0");
    return `u${(i * 7) % 40},i${(i * i + 3 * i) % 23},${1 + (i % 5)},2026-0${1 + Math.floor(i / 100)}-${day}T10:00:00Z`;
  });
  const events = `user_id,item_id,rating,time\n${rows.join("\n")}\n`;
  for (const name of ["events.csv", "plays.csv"]) writeFileSync(join(folder, name), events);
  const items = Array.from({ length: 23 }, (_, i) => `i${i},Title ${i},${["drama", "comedy"][i % 2]}`);
  writeFileSync(join(folder, "items.csv"), `item_id,title,genre\n${items.join("\n")}\n`);
  const customers = Array.from({ length: 400 }, (_, i) => `${i},${(i * 37) % 90},${i % 3},${Number((i * 7) % 10 < 3)}`);
  writeFileSync(join(folder, "customers.csv"), `id,months,plan,left\n${customers.join("\n")}\n`);
  const visits = Array.from({ length: 400 }, (_, i) => {
    const day = String(1 + (i % 28)).padStart(2, "0");
    return `k${(i * 7) % 40},e${(i * i + 3 * i) % 23},2026-0${1 + Math.floor(i / 100)}-${day} 10:00:00`;
  });
  writeFileSync(join(folder, "visits.csv"), `card,exhibit,entered\n${visits.join("\n")}\n`);
  const units = Array.from(
    { length: 600 },
    (_, i) => `${i},${i % 2 === 0 ? "control" : "treatment"},${i % 4},${4 + (i % 3)},${Number(i % 97 === 0)}`,
  );
  writeFileSync(join(folder, "rows.csv"), `unit,arm,clicks,views,hides\n${units.join("\n")}\n`);
}

async function writeParquet(folder: string): Promise<void> {
  const sql = await openDuckdb();
  const to = (name: string): string => `'${join(folder, name).replaceAll("'", "''")}' (FORMAT parquet)`;
  try {
    await sql.query(
      `COPY (SELECT i AS unit, CASE WHEN i % 2 = 0 THEN 'control' ELSE 'treatment' END AS arm FROM range(500) t(i)) TO ${to("assignments.parquet")}`,
    );
    await sql.query(
      `COPY (SELECT i AS unit, (i * 7) % 31 AS watch_minutes FROM range(500) t(i)) TO ${to("events.parquet")}`,
    );
  } finally {
    sql.close();
  }
}

/** All that was answered, stated and said before, byte for byte; what is added behind it does not count. */
export function answersIn(folder: string): readonly string[] {
  const history = join(folder, "history");
  if (!existsSync(history)) return [];
  return readdirSync(history, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(history, name), "utf8").split("\n"))
    .filter((line) => line.includes('"type":"answer"'))
    .sort();
}
