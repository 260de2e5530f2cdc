/** Practice in the browser: the first visit to a first graded answer, a slip by its name, and nothing lost by a kill. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM } from "../browser.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({});
});
afterAll(() => studio.close());

function answers(): {
  question: string;
  verdict: string;
  mistake?: number;
  seconds: number;
  confidence?: number;
  typed: string;
}[] {
  const folder = join(studio.root, "history");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line));
}

describe.skipIf(CHROMIUM === undefined)("practice in the browser (skipped where no Chromium is installed)", () => {
  test("leads a first visit to a first graded answer in a few clicks", async () => {
    const page = await studio.page();
    await page.getByRole("heading", { name: "Start with what brings you here." }).waitFor();
    await page.getByRole("link", { name: "Begin" }).first().click();
    await page.locator("#answer").fill("-");
    await page.keyboard.press("Enter");
    await page.getByText("left open").first().waitFor();
    expect(answers()).toHaveLength(1);
    expect(answers()[0].verdict).toBe("unanswered");
    // What was left open tells no level, on any page.
    await page.getByText("not known before the first answer").waitFor();
    await page.getByText("No question was answered yet.").waitFor();
    await page.getByRole("button", { name: "Next question" }).click();
    await page.locator("#answer").waitFor();
    await page.getByRole("link", { name: "Designs", exact: true }).click();
    await page.getByRole("heading", { name: "Practice today" }).waitFor();
    expect(await page.getByText(/Level \d/u).count()).toBe(0);
    await page.locator("main").getByRole("link", { name: "Progress" }).click();
    await page.getByText("1 question left open, none answered yet.").waitFor();
    await page.close();
  });

  test("begins today's set where another sitting was begun, and goes on with that one beside it", async () => {
    const page = await studio.page();
    await page.getByRole("heading", { name: "Practice today" }).waitFor();
    await page.getByRole("link", { name: "Go on with what was begun" }).waitFor();
    await page.locator("aside").getByRole("link", { name: "Begin" }).click();
    await page.getByRole("button", { name: "Set it aside and begin the other" }).click();
    await page.getByText("today's set").waitFor();
    await page.getByText("1 of 10, 0 minutes so far").waitFor();
    await page.getByRole("link", { name: "Designs", exact: true }).click();
    await page.locator("aside").getByRole("link", { name: "Go on" }).waitFor();
    expect(await page.getByRole("link", { name: "Go on with what was begun" }).count()).toBe(0);
    await page.locator("aside").getByRole("link", { name: "Go on" }).click();
    await page.getByText("today's set").waitFor();
    await page.getByRole("button", { name: "Stop here" }).click();
    await page.getByText("1 of 10").or(page.getByText("2 of 10")).waitFor();
    await page.close();
  });

  test("counts the time that a question stood before somebody, and not what lay between", async () => {
    const page = await studio.page("/practice?begin=1");
    await page.locator("#answer").waitFor();
    const kept = join(studio.root, ".heptad", "studio-practice.json");
    await studio.kill();
    // As if it had been asked an hour ago, and the sitting begun then.
    const was = JSON.parse(readFileSync(kept, "utf8"));
    const hour = 3_600_000;
    writeFileSync(kept, JSON.stringify({ ...was, askedAt: was.askedAt - hour, startedAt: was.startedAt - hour }));
    await studio.start();
    await page.reload();
    await page.locator("#answer").fill("-");
    await page.keyboard.press("Enter");
    await page.getByText("left open").first().waitFor();
    expect(answers().at(-1)?.seconds).toBeLessThan(600);
    await page.getByText(/of 10, \d minutes? so far/u).waitFor();
    await page.close();
  });

  test("stays begun when it is left: the same question with what was typed, also after another one in between", async () => {
    const page = await studio.page("/practice?begin=1");
    await page.locator("#answer").waitFor();
    const [asked] = ((await page.locator("h1").textContent()) ?? "").split("\n");
    await page.locator("#answer").fill("half an answer");
    await page.getByRole("link", { name: "Designs", exact: true }).click();
    await page.goto(new URL("/practice?begin=1", studio.url()).href);
    await page.locator("h1", { hasText: asked }).waitFor();
    await expect.poll(() => page.locator("#answer").inputValue()).toBe("half an answer");
    // Chance may have drawn the one question first.
    const isOne = asked.includes("you decide");
    const other = isOne ? "explain-offline-online-gap" : "requirements-explain-assumptions";
    await page.goto(new URL(`/practice?question=${other}`, studio.url()).href);
    await page.locator("h1", { hasNotText: asked }).waitFor();
    await page.getByText("1 sitting begun before goes on when this one ends.").waitFor();
    await page.locator("#answer").fill("-");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "How it went" }).click();
    await page.getByRole("button", { name: "Go on with what was begun before" }).click();
    await page.locator("h1", { hasText: asked }).waitFor();
    await expect.poll(() => page.locator("#answer").inputValue()).toBe("half an answer");
    await page.getByRole("button", { name: "Stop here" }).click();
    await page.getByRole("button", { name: "Begin ten questions" }).waitFor();
    await page.close();
  });

  test("asks before another sitting is begun in place of one in which something was answered", async () => {
    const page = await studio.page("/practice?begin=1");
    await page.locator("#answer").fill("-");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Next question" }).click();
    await page.locator("#answer").fill("half an answer");
    const asked = (await page.locator("h1").textContent()) ?? "";
    const drill = new URL("/practice?area=fraud", studio.url()).href;
    await page.goto(drill);
    await page.getByRole("heading", { name: "A sitting goes on: 1 of 10 are answered." }).waitFor();
    await page.getByRole("button", { name: "Go on with it" }).click();
    await expect.poll(() => page.locator("h1").textContent()).toBe(asked);
    await expect.poll(() => page.locator("#answer").inputValue()).toBe("half an answer");
    await page.goto(drill);
    await page.getByRole("button", { name: "Set it aside and begin the other" }).click();
    await page.getByText("1 sitting begun before goes on when this one ends.").waitFor();
    await page.getByRole("button", { name: "Stop here" }).click();
    await page.locator("h1", { hasText: asked.slice(0, 40) }).waitFor();
    await page.getByRole("button", { name: "Stop here" }).click();
    await page.getByRole("button", { name: "Begin ten questions" }).waitFor();
    await page.close();
  });

  test("reads a number while it is typed, names the slip of 8, and says it on the ruler", async () => {
    const page = await studio.page("/plan");
    // The sitting before has a question open: where this one takes long to begin, that one stood there and took what was typed.
    await page.route("**/api/practice/start", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await page.goto(new URL("/practice?question=ivfpq-memory", studio.url()).href);
    await page.locator("#answer").waitFor();
    const said = /(?<items>\S+) vectors are stored .* of (?<parts>\d+) parts .* identifier of (?<identifier>\d+ B)/u;
    const {
      items = "",
      parts = "",
      identifier = "",
    } = said.exec((await page.locator("h1").textContent()) ?? "")?.groups ?? {};
    await page.locator("#answer").fill(`${items} * (${parts} * 8 B + ${identifier})`);
    await page.locator(".read b", { hasText: "GB" }).waitFor();
    const number = Number(items.replace(/\D/gu, "")) * 1e6;
    const wanted = (number * (Number(parts) * 8 + Number.parseInt(identifier, 10))) / 1e9;
    const read = Number(((await page.locator(".read b").textContent()) ?? "").replace(/[^\d.]/gu, ""));
    expect(Math.abs(read / wanted - 1)).toBeLessThan(0.001);
    // Until the next text is read, nothing is said of it.
    await page.locator("#answer").press("End");
    await page.route("**/api/practice/read", (route) => route.abort(), { times: 1 });
    const failed = page.waitForEvent("requestfailed");
    await page.locator("#answer").press("7");
    await page.locator(".read b").waitFor({ state: "detached" });
    await failed;
    await page.locator("#answer").press("Backspace");
    await page.locator(".read b", { hasText: "GB" }).waitFor();
    await page.locator("#answer").fill("12 ms");
    await page.getByText("is in second, and the answer is asked for in GB").waitFor();
    await page.locator("#answer").fill(`${items} * (${parts} * 8 B + ${identifier})`);
    expect(await page.locator(".verdict").count()).toBe(0);
    await page.getByRole("radio", { name: "70 %" }).check();
    await page.getByRole("button", { name: "Answer" }).click();
    await page.getByText("Eight bits are one byte.").waitFor();
    await page.getByText("not right").waitFor();
    await expect
      .poll(() => page.locator(".places").textContent())
      .toMatch(/right[\s\S]*yours[\s\S]*eight bits are one byte/u);
    expect(answers().at(-1)).toMatchObject({ question: "ivfpq-memory", verdict: "wrong", mistake: 1, confidence: 0.7 });
    await page.close();
  });

  test("answers a text of several lines by Ctrl and Enter, and leaves it open by a sign alone, as everywhere", async () => {
    const page = await studio.page("/practice?question=explain-offline-online-gap");
    const answer = page.locator("textarea#answer");
    await answer.fill("first");
    await page.keyboard.press("Enter");
    await page.keyboard.type("second");
    await expect.poll(() => answer.inputValue()).toBe("first\nsecond");
    await page.keyboard.press("Control+Enter");
    await page.locator(".acts kbd", { hasText: "Ctrl Enter" }).waitFor({ state: "detached" });
    await page.close();
    const again = await studio.page("/practice?question=requirements-explain-assumptions");
    await again.locator("textarea#answer").fill("-");
    await again.keyboard.press("Enter");
    await again.getByText("left open").first().waitFor();
    expect(answers().at(-1)).toMatchObject({ question: "requirements-explain-assumptions", verdict: "unanswered" });
    await again.close();
  });

  test("goes on after the server was killed: the question, what was typed and every answer are there", async () => {
    const page = await studio.page("/practice?begin=1");
    await page.locator("#answer").fill("-");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Next question" }).click();
    await page.locator("#answer").fill("half typed");
    const asked = (await page.locator("h1").textContent()) ?? "";
    const before = answers().length;
    await studio.kill();
    await page.getByText("does not answer").waitFor();
    await studio.start();
    await page.getByText("does not answer").waitFor({ state: "detached" });
    await page.reload();
    await page.locator("h1", { hasText: asked.slice(0, 40) }).waitFor();
    await expect.poll(() => page.locator("#answer").inputValue()).toBe("half typed");
    expect(answers()).toHaveLength(before);
    await page.locator("#answer").fill("-");
    await page.keyboard.press("Enter");
    await page.getByText("left open").first().waitFor();
    expect(answers()).toHaveLength(before + 1);
    await page.close();
  });

  test("shows where one stands, and a plan to a date", async () => {
    const page = await studio.page("/progress");
    await page.getByRole("heading", { name: /^Level \d\.\d/u }).waitFor();
    await page.goto(new URL("/plan", studio.url()).href);
    const until = new Date(Date.now() + 42 * 86_400_000).toISOString().slice(0, 10);
    await page.locator("#until").fill(until);
    await page.getByRole("button", { name: "Make the plan" }).click();
    await page.getByRole("heading", { name: `until ${until}` }).waitFor();
    // Who keeps to few hours is told where they lead, in the terminal's words, and nothing of a track before a day has passed.
    await page.locator("#hours").fill("0.5");
    await page.locator("#target").fill("6");
    await page.getByRole("button", { name: "Make the plan" }).click();
    await page.getByText(/The plan begins today\. The goal, level 6: .* ends near \d\.\d: add hours/u).waitFor();
    expect(await page.getByText("on track").count()).toBe(0);
    await page.reload();
    await page.getByRole("heading", { name: `until ${until}` }).waitFor();
    const fields = page.locator("#until, #hours, #target");
    expect(await fields.evaluateAll((all) => all.map((one) => ("value" in one ? one.value : "")))).toEqual([
      until,
      "0.5",
      "6",
    ]);
    await page.close();
    expect(studio.errors).toEqual([]);
    expect(studio.foreign).toEqual([]);
  });
});
