// Measures the studio in Chromium: `node bench/studio/measure.mjs` after a build. Script of the first page, first paint, keystroke to findings, slider.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const KEYS = 200;
const root = mkdtempSync(join(tmpdir(), "heptad-bench-studio-"));
mkdirSync(join(root, "designs"));
writeFileSync(join(root, "heptad.yaml"), "");
const note = readFileSync("designs/bad/movie-recommendations.md", "utf8");
// 210 lines: prose below what is there.
const filled = `${note}${"Prose that a reader writes.\n".repeat(Math.max(0, 210 - note.split("\n").length))}`;
writeFileSync(join(root, "designs/note.md"), filled);

const html = readFileSync("dist/studio/index.html", "utf8");
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file);
const bytes = first.reduce(
  (sum, file) => sum + gzipSync(readFileSync(join("dist/studio", file)), { level: 9 }).length,
  0,
);
console.log(`script of the first page   ${(bytes / 1000).toFixed(1)} kB gzipped in ${first.length} files`);

const server = spawn(
  process.execPath,
  ["bin/heptad.js", "studio", "--no-open"].map((one) => (one.startsWith("bin") ? join(process.cwd(), one) : one)),
  {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
  },
);
const url = await new Promise((done) => server.stdout.on("data", (part) => done(String(part).split("\n")[0])));
const browser = await chromium.launch({
  executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => readFileSync(path).length > 0),
  args: ["--no-sandbox"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(url);
  await page.locator(".list tbody tr").first().waitFor();
  await page.reload();
  await page.locator(".list tbody tr").first().waitFor();
  const paint = await page.evaluate(() =>
    performance.getEntriesByType("paint").map(({ name, startTime }) => [name, startTime]),
  );
  for (const [name, at] of paint) console.log(`${name.padEnd(26)} ${Math.round(at)} ms`);

  await page.goto(new URL("/design?path=designs/note.md", url).href);
  await page.locator(".first .f").first().waitFor();
  // In the prose at the end: the facts stay what they are.
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  const typed = await page.evaluate(async (keys) => {
    const long = [];
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
    const times = [];
    for (let i = 0; i < keys; i++) {
      const seen = performance.getEntriesByName("findings").length;
      const at = performance.now();
      document.execCommand("insertText", false, i % 2 === 0 ? "x" : " ");
      while (performance.getEntriesByName("findings").length === seen && performance.now() - at < 2000)
        await new Promise((done) => setTimeout(done, 1));
      times.push((performance.getEntriesByName("findings").at(-1)?.startTime ?? Number.NaN) - at);
      await new Promise((done) => setTimeout(done, 30));
    }
    return { times: times.sort((a, b) => a - b), long };
  }, KEYS);
  const at = (share) => typed.times[Math.floor(share * (typed.times.length - 1))].toFixed(1);
  console.log(`keystroke to findings      median ${at(0.5)} ms, p99 ${at(0.99)} ms over ${KEYS} keys`);
  console.log(
    `long tasks while typing    ${typed.long.length}${typed.long.length > 0 ? `, longest ${Math.round(Math.max(...typed.long))} ms` : ""}`,
  );

  await page.goto(new URL("/design?path=designs/note.md&tab=estimate", url).href);
  await page.locator(".system-svg").first().waitFor();
  const moved = await page.evaluate(async () => {
    const slider = document.querySelector('input[type="range"]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    const times = [];
    for (let i = 1; i <= 60; i++) {
      const seen = performance.getEntriesByName("estimate").length;
      const at = performance.now();
      set.call(slider, String(i % 30));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      while (performance.getEntriesByName("estimate").length === seen && performance.now() - at < 2000)
        await new Promise((done) => setTimeout(done, 0));
      times.push((performance.getEntriesByName("estimate").at(-1)?.startTime ?? Number.NaN) - at);
    }
    return times.sort((a, b) => a - b);
  });
  console.log(`slider to drawing          median ${moved[30].toFixed(1)} ms, p99 ${moved[58].toFixed(1)} ms`);
} finally {
  await browser.close();
  server.kill();
  rmSync(root, { recursive: true, force: true });
}
