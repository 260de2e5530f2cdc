import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fraudDetection } from "../src/kinds/fraud-detection/fraud-detection.ts";
import { recommendation } from "../src/kinds/recommendation/recommendation.ts";
import { MOST_BYTES, renderHtml } from "../src/report/html.ts";
import { reportSections } from "../src/report/sections.ts";
import { summarizeBy } from "../src/report/summary/summarize.ts";
import type { MeasuredRun, RunRecord } from "../src/system/run-record.ts";
import { CHROMIUM, launchBrowser } from "./browser.ts";
import { figure, runOf } from "./drawn-run.ts";

const JUDGED = { value: 0.098, interval: [0.076, 0.119], n: 494 } as const;

/** A run with names that are as long as people make them, many rows, and markup where text is due. */
function crowded(): MeasuredRun {
  const run = runOf({
    gain: JUDGED,
    drop: { value: -0.004, interval: [-0.061, 0.056], n: 494 },
    limit: 0.01,
    p99: 0.004,
    busy: 1.41,
    cost: 863,
    budget: 5000,
    simulated: true,
    guard: 3,
  });
  const signals = Array.from({ length: 40 }, (_, i) => `customer_mean_amount_at_the_same_terminal_${i}d`);
  const day = (at: number): number => 1_735_689_600 + at * 86_400;
  const time = (name: string, at: number, subject = "split") =>
    figure({ step: 3, name, subject, value: day(at), unit: "time" });
  return {
    ...run,
    title:
      "A <script>alert(1)</script> & a title that goes on for longer than any title should, in a note of the platform team",
    figures: [
      ...run.figures,
      ...signals.map((subject, i) => figure({ step: 7, name: "psi", subject, value: 0.001 * 1.2 ** i, n: 5000 })),
      ...signals.map((subject) => figure({ step: 7, name: "psi by chance", subject, value: 0.0068 })),
      figure({ step: 5, name: "ndcg@10 ceiling", subject: "candidates", value: 7.1 }),
      figure({ step: 3, name: "titles", subject: "data", value: 600, unit: "titles" }),
      figure({ step: 4, name: "model bytes", subject: "candidates", value: 1e6, unit: "B" }),
      time("data from", 0, "data"),
      time("train from", 0),
      time("train until", 160),
      time("validation from", 167),
      time("validation until", 190),
      time("test from", 197),
      time("test until", 240),
    ],
    remarks: [
      {
        step: 3,
        kind: "warning",
        text: "a_column_without_any_space_that_could_be_broken_anywhere_by_a_browser_at_all_in_this_world: 12 rows",
      },
    ],
    charts: [
      {
        step: 3,
        chart: {
          form: "lines",
          title: "Events by week",
          caption: "",
          points: Array.from({ length: 35 }, (_, x) => ({ x, y: 100 + x })),
        },
      },
    ],
  };
}

function pageOf(run: MeasuredRun, questions = recommendation.questions): string {
  const { summary, remarks } = summarizeBy(questions)(run);
  const record: RunRecord = { ...run, remarks: [...run.remarks, ...remarks], summary };
  return renderHtml(record, reportSections(record, []));
}

describe("the page of a run", () => {
  it("is whole in itself: no script, no network, escaped, and no larger than it may be", () => {
    for (const { questions } of [recommendation, fraudDetection]) {
      const html = pageOf(crowded(), questions);
      expect(html).not.toMatch(/<script|<link|https?:\/\/(?!www\.w3\.org)|@import|url\((?!#)/u);
      expect(html).toContain("&lt;script&gt;");
      expect(new TextEncoder().encode(html).length).toBeLessThanOrEqual(MOST_BYTES);
      for (let step = 1; step <= 7; step++) expect(html).toContain(`id="step-${step}"`);
    }
  });

  it("draws each interval where its numbers lie, inside the frame", () => {
    const html = pageOf(crowded());
    for (const [, percent] of html.matchAll(/(?: x[12]?|width)="(-?[\d.]+)%"/gu)) {
      expect(Number(percent)).toBeGreaterThanOrEqual(0);
      expect(Number(percent)).toBeLessThanOrEqual(100);
    }
    expect(html).not.toMatch(/NaN|undefined|Infinity/u);
  });
});

describe.skipIf(CHROMIUM === undefined)(
  "the page in Chromium (skipped where none is installed: apt-get install chromium)",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(async () => browser.close());

    for (const width of [360, 390, 800, 1400, 2560, 3840])
      it(`overflows nowhere at ${width} px, with everything folded out`, { timeout: 60_000 }, async () => {
        const page = await browser.newPage({ viewport: { width, height: 900 } });
        await page.setContent(pageOf(crowded()));
        const wide = await page.evaluate(
          `(() => { for (const one of document.querySelectorAll("details")) one.open = true; return document.documentElement.scrollWidth; })()`,
        );
        expect(wide).toBeLessThanOrEqual(width);
        await page.close();
      });

    for (const scheme of ["light", "dark"] as const)
      it(`keeps every text at a contrast of 4.5 or more, ${scheme}`, { timeout: 60_000 }, async () => {
        const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, colorScheme: scheme });
        await page.setContent(pageOf(crowded()));
        const least = await page.evaluate<{ ratio: number; text: string }>(LEAST_CONTRAST);
        expect(`${least.ratio >= 4.5 ? "enough" : least.ratio} ${least.ratio >= 4.5 ? "" : least.text}`.trim()).toBe(
          "enough",
        );
        await page.close();
      });
  },
);

/** The least contrast of a text with what lies behind it (WCAG 2.2, relative luminance), over all texts of the page, those in drawings too. */
const LEAST_CONTRAST = `(() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let one = node; one !== null; one = one.parentElement) {
      const colour = rgb(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return rgb(getComputedStyle(document.body).backgroundColor);
  };
  let least = { ratio: 99, text: "" };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (text === "" || ["STYLE", "TITLE"].includes(node.tagName.toUpperCase())) continue;
    const style = getComputedStyle(node);
    const ink = rgb(node instanceof SVGElement ? style.fill : style.color);
    const [a, b] = [light(ink), light(behind(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < least.ratio) least = { ratio, text: text.slice(0, 60) };
  }
  return least;
})()`;
