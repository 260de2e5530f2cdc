// Measures the studio over a large repository: `node bench/studio/large.mjs` after a build. 500 designs, 2,000 runs, 100,000 answers.
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { chromium } from "playwright-core";

const [DESIGNS, RUNS, ANSWERS] = [500, 4, 100_000];
const REPEATS = 5;
/** A folder to keep what was made, and to begin from it the next time. */
const [kept] = process.argv.slice(2);
const root = kept ?? mkdtempSync(join(tmpdir(), "heptad-bench-large-"));
const heptad = resolve("bin/heptad.js");

/** One real run of a tiny world; its record stands for all. */
function makeRuns() {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "heptad.yaml"), "");
  mkdirSync(join(root, "designs"), { recursive: true });
  const note = readFileSync("designs/movie-recommendations.md", "utf8").replace(
    "members: 1k, items: 600, days: 240",
    "members: 120, items: 80, days: 240",
  );
  writeFileSync(join(root, "designs/design-000.md"), note);
  spawnSync(process.execPath, [heptad, "run", "designs/design-000.md"], { cwd: root });
  const first = join(root, "runs/design-000");
  const [made] = readdirSync(first).filter((name) => name !== "latest");
  for (let i = 0; i < DESIGNS; i++) {
    const name = `design-${String(i).padStart(3, "0")}`;
    const text = note.replace(/^title: .*$/mu, `title: Design ${i}`);
    // Every third has a fault, as a grown repository has.
    writeFileSync(join(root, `designs/${name}.md`), i % 3 === 0 ? text.replace("by: time", "by: random") : text);
    const folder = join(root, "runs", name);
    mkdirSync(folder, { recursive: true });
    for (let run = 0; run < RUNS; run++) {
      const id = run === 0 && i === 0 ? made : (i * RUNS + run).toString(16).padStart(12, "0");
      if (id === made) continue;
      mkdirSync(join(folder, id), { recursive: true });
      for (const file of ["run.json", "report.html"]) linkSync(join(first, made, file), join(folder, id, file));
      if (run === RUNS - 1 && i > 0) symlinkSync(id, join(folder, "latest"));
    }
  }
}

function makeAnswers() {
  const bank = readdirSync("src/steps", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const folder = join("src/steps", name, "questions");
      try {
        return readdirSync(folder).map((file) => join(folder, file));
      } catch {
        return [];
      }
    });
  const questions = bank.map((file) => {
    const text = readFileSync(file, "utf8");
    return {
      question: basename(file, ".yaml"),
      area: /^area: (?<area>\S+)/mu.exec(text)?.groups?.area,
      level: Number(/^level: (?<level>\d)/mu.exec(text)?.groups?.level),
    };
  });
  const start = Date.now() - 700 * 86_400_000;
  const lines = [[], [], []];
  for (let i = 0; i < ANSWERS; i++) {
    const { question, area, level } = questions[(i * 7919) % questions.length];
    const at = new Date(start + (i / ANSWERS) * 700 * 86_400_000).toISOString();
    const right = (i * 2654435761) % 100 < 90 - 12 * level;
    const record = {
      type: "answer",
      id: `answer-${i}-bench`,
      at,
      question,
      area,
      level,
      guess: 0,
      seed: i,
      typed: "1",
    };
    const grade = { verdict: right ? "right" : "wrong", score: right ? 1 : 0, confidence: 0.7, hints: 0, seconds: 60 };
    lines[i % 3].push(JSON.stringify({ ...record, ...grade, mode: "practice" }));
  }
  mkdirSync(join(root, "history"));
  for (const [i, own] of lines.entries())
    writeFileSync(join(root, `history/machine-${i}.jsonl`), `${own.join("\n")}\n`);
}

const status = (pid, name) =>
  Number(new RegExp(`${name}:\\s+(\\d+)`, "u").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

console.log(`load ${loadavg()[0].toFixed(1)}`);
if (!existsSync(join(root, "history"))) {
  makeRuns();
  makeAnswers();
}
const server = spawn(process.execPath, [heptad, "studio", "--no-open"], {
  cwd: root,
  stdio: ["ignore", "pipe", "ignore"],
});
const url = await new Promise((done) => server.stdout.on("data", (part) => done(String(part).split("\n")[0])));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(120_000);
  await page.goto(url);
  const started = Date.now();
  await page.locator(".list tbody tr").first().waitFor();
  console.log(`first rows of the list      ${Date.now() - started} ms after the first visit`);
  await page
    .locator(".list tbody tr")
    .nth(DESIGNS - 1)
    .waitFor();
  await page.getByText("more files to read").waitFor({ state: "detached" });
  console.log(
    `all ${DESIGNS} reviewed           ${((Date.now() - started) / 1000).toFixed(1)} s after the first visit`,
  );
  const lists = [
    ["designs", "/", ".list tbody tr"],
    ["practice today", "/", ".qs li"],
    ["runs of a design", "/design?path=designs/design-001.md&tab=run", ".runs tbody tr"],
    ["practice", "/practice", "h1"],
    ["progress", "/progress", ".heat tbody tr"],
    ["interviews", "/interview", ".choices li"],
    ["library", "/library", ".hits li"],
  ];
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const processorTime = async () =>
    (await devtools.send("Performance.getMetrics")).metrics.find(({ name }) => name === "ProcessTime").value * 1000;
  for (const [name, path, selector] of lists) {
    const [times, processor] = [[], []];
    for (let i = 0; i < REPEATS; i++) {
      await page.goto("about:blank");
      const before = await processorTime();
      await page.goto(new URL(path, url).href, { waitUntil: "commit" });
      // From the beginning of the navigation to the frame after the rows stand there.
      times.push(
        await page.evaluate(
          (wanted) =>
            new Promise((done) => {
              const look = () => {
                if (document.querySelector(wanted) === null) requestAnimationFrame(look);
                else requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0));
              };
              look();
            }),
          selector,
        ),
      );
      // Of the page's process: what a busy machine does not lengthen.
      processor.push((await processorTime()) - before);
    }
    console.log(
      `${name.padEnd(27)} median ${Math.round(median(times))} ms, worst ${Math.round(Math.max(...times))} ms to paint; ${Math.round(median(processor))} ms of processor`,
    );
  }
  await page.goto(new URL("/", url).href);
  await page
    .locator(".list tbody tr")
    .nth(DESIGNS - 1)
    .waitFor();
  const gaps = page.evaluate(
    () =>
      new Promise((done) => {
        let [last, most, frames] = [performance.now(), 0, 0];
        const until = last + 4000;
        const tick = (now) => {
          most = Math.max(most, now - last);
          frames++;
          last = now;
          if (now < until) requestAnimationFrame(tick);
          else done({ most, frames });
        };
        requestAnimationFrame(tick);
      }),
  );
  await page.mouse.move(500, 600);
  for (let i = 0; i < 60; i++) {
    await page.mouse.wheel(0, 800);
    await new Promise((done) => setTimeout(done, 50));
  }
  const { most, frames } = await gaps;
  console.log(`scrolling                   ${frames} frames in 4 s, longest gap ${Math.round(most)} ms`);
  console.log(
    `memory of the server        ${Math.round(status(server.pid, "VmRSS"))} MiB now, ${Math.round(status(server.pid, "VmHWM"))} MiB at most`,
  );
  console.log(
    `processor of the server     ${(Number(readFileSync(`/proc/${server.pid}/stat`, "utf8").split(" ")[13]) / 100).toFixed(1)} s`,
  );
} finally {
  await browser.close();
  server.kill();
  if (kept === undefined) rmSync(root, { recursive: true, force: true });
}
console.log(`load ${loadavg()[0].toFixed(1)}`);
