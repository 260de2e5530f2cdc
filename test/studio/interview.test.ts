/** An interview in the browser: from its first question to its score sheet, over a kill of the server; and the sheet of whoever holds it. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSheet } from "../../src/node/problem-files.ts";
import { CHROMIUM } from "../browser.ts";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudioIn({});
});
afterAll(() => studio.close());

function events(): { type: string; text?: string; fact?: string | null; answer?: string }[] {
  const folder = join(studio.root, "history", "interviews");
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  );
}

describe.skipIf(CHROMIUM === undefined)("the interviewer's side (skipped where no Chromium is installed)", () => {
  test("a sheet is filled while one listens, over a kill of the server, and two of one candidate are compared", async () => {
    const page = await studio.page();
    const address = new URL("/interview?side=interviewer&problem=feed-ranking", studio.url()).href;
    const fill = async (interviewer: string, grade: string): Promise<void> => {
      await page.goto(address);
      await page.getByRole("button", { name: "Begin a sheet" }).click();
      await page.getByLabel("Candidate", { exact: true }).fill("Ana");
      await page.getByLabel("Interviewer", { exact: true }).fill(interviewer);
      const framing = page.getByRole("group", { name: "Framing" });
      await framing.getByRole("radio", { name: grade, exact: true }).check({ force: true });
      await framing.getByRole("textbox").fill("said: the label is a return within the week");
      await page.getByText("saved", { exact: true }).waitFor();
    };
    await fill("Ben", "staff");
    await studio.kill();
    await page.getByRole("group", { name: "Data" }).getByRole("textbox").fill("typed before the start");
    await page.getByText("kept in this browser").waitFor();
    await studio.start();
    await page.getByText("saved", { exact: true }).waitFor();
    await fill("Cleo", "mid");
    await page.goto(address);
    await page.getByRole("checkbox").nth(1).waitFor();
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByRole("button", { name: "Compare the two" }).click();
    const framing = page.locator(".compared tr", { hasText: "Framing" });
    await framing.getByText("two levels: talk about it").waitFor();
    await expect.poll(() => framing.textContent()).toMatch(/mid.*staff|staff.*mid/u);
    expect(await page.locator(".told").textContent()).not.toContain("candidates");
    // Another person: how the grades differ says nothing of either.
    await page.getByRole("link", { name: "Open the sheet of Ana" }).first().click();
    await page.getByLabel("Candidate", { exact: true }).fill("Dan");
    await page.getByText("saved", { exact: true }).waitFor();
    await page.goto(address);
    await page.getByRole("checkbox").nth(1).waitFor();
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByRole("button", { name: "Compare the two" }).click();
    await page.getByText("no progress and no disagreement").waitFor();
    expect(await page.locator(".told").textContent()).not.toContain("kappa");
    const folder = join(studio.root, "history", "sheets");
    const sheets = readdirSync(folder).map((name) => readSheet(join(folder, name)));
    expect(
      sheets.map(({ interviewer, grades }) => [interviewer, grades.framing.grade, grades.data]).toSorted(),
    ).toEqual([
      ["Ben", 3, { grade: null, evidence: "typed before the start" }],
      ["Cleo", 1, { grade: null, evidence: "" }],
    ]);
    await page.close();
  });
});

describe.skipIf(CHROMIUM === undefined)("an interview in the browser (skipped where no Chromium is installed)", () => {
  test("tells facts when asked, writes the note, interrupts, probes, and ends in a score sheet with quotations", async () => {
    const page = await studio.page("/interview?problem=ad-click-prediction");
    await page
      .getByRole("button", { name: /^Begin / })
      .first()
      .click();
    const field = page.locator("#line");
    const send = async (line: string): Promise<void> => {
      await field.fill(line);
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#line")?.value === "");
    };
    await send("How fast must an answer be?");
    await page.getByText("understood as latency").waitFor();
    await expect.poll(() => page.locator(".known").textContent()).toContain("latency");
    await send("goal: clicks per impression; 2M requests a day, 100 ms at p99");
    await expect.poll(() => page.locator(".sec.now").textContent()).toContain("clicks per impression");

    await field.fill("typed before the kill");
    await studio.kill();
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "does not answer" }).waitFor();
    await expect.poll(() => field.inputValue()).toBe("typed before the kill");
    await studio.start();
    await page.reload();
    await page.locator(".sec", { hasText: "clicks per impression" }).waitFor();
    await expect.poll(() => field.inputValue()).toBe("typed before the kill");
    await page.keyboard.press("Tab");
    await send("split by time with a gap of a day, calibrated with log loss");

    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    for (let step = 1; step < 7; step++) {
      await page.getByRole("button", { name: "Next section" }).click();
      await page.getByText(`goes into section ${step + 1}`).waitFor();
    }
    await page.getByText("One moment, something has changed").first().waitFor();
    await page.getByRole("button", { name: "End", exact: true }).click();
    await page.getByText("answers the interviewer").waitFor();
    for (let i = 0; i < 12 && (await page.getByText("answers the interviewer").count()) > 0; i++) {
      const left = await page.locator(".route").textContent();
      await page.getByRole("button", { name: "Leave it open" }).click();
      await page.waitForFunction((before) => document.querySelector(".route")?.textContent !== before, left);
    }
    await page.getByRole("heading", { name: /of nine dimensions at senior or above/u }).waitFor();
    await expect.poll(() => page.locator(".grades tbody tr").count()).toBe(9);
    expect(await page.locator("main").textContent()).not.toContain("`");
    await expect.poll(() => page.locator(".ev").first().textContent()).toMatch(/latency|Did not ask/u);
    expect(events().at(-1)?.type).toBe("end");
    expect(
      events()
        .filter(({ type }) => type === "write")
        .map(({ text }) => text),
    ).toEqual([
      "goal: clicks per impression; 2M requests a day, 100 ms at p99",
      "split by time with a gap of a day, calibrated with log loss",
    ]);
    expect(studio.errors).toEqual([]);
    await page.close();
  });

  test("is one sitting in two tabs: each follows the other, no line answers what it was not typed for, nothing typed is lost", async () => {
    const one = await studio.page("/interview?problem=feed-ranking");
    await one
      .getByRole("button", { name: /^Begin / })
      .first()
      .click();
    await one.locator("#line").waitFor();
    const two = await one.context().newPage();
    two.setDefaultTimeout(20_000);
    await two.goto(one.url());
    await two.locator("#line").waitFor();
    await one.locator("#line").fill("goal: members who come back");
    await two.locator("#line").fill("How fast must it be?");
    await one.keyboard.press("Enter");
    await two.locator(".sec", { hasText: "members who come back" }).waitFor();
    await expect.poll(() => two.locator("#line").inputValue()).toBe("How fast must it be?");
    await two.locator("#line").press("Enter");
    await one.getByText("How fast must it be?").waitFor();
    // A line that is typed in one tab while the other ends the sections.
    await two.locator("#line").fill("label: a return within the week");
    await one.getByRole("button", { name: "End", exact: true }).click();
    await two.getByText("answers the interviewer").waitFor();
    await two.getByText("You typed this for section 1, and the interview went on").waitFor();
    await two.locator("#line").press("Enter");
    await expect.poll(() => two.getByRole("button", { name: /^Send/u }).isDisabled()).toBe(true);
    await two.reload();
    await two.getByText("You typed this for section 1, and the interview went on").waitFor();
    await two.getByRole("button", { name: "Leave it out" }).click();
    await expect.poll(() => two.locator("#line").inputValue()).toBe("");
    expect(events().filter(({ text, answer }) => (text ?? answer ?? "").startsWith("label: a return"))).toEqual([]);
    await expect.poll(() => one.locator(".clock b").textContent()).toMatch(/^4[45]:\d\d$/u);
    await one.context().close();
  });

  test("asks about a half-typed line at the end, stands when it is left, and its sheet can be overruled and opened as a note", async () => {
    const page = await studio.page("/interview?problem=visual-search");
    await page
      .getByRole("button", { name: /^Begin / })
      .first()
      .click();
    const field = page.locator("#line");
    await field.waitFor();
    const session = new URL(page.url()).searchParams.get("session") ?? "";
    await field.fill("200 million vectors of 256 floats are 205 GB");
    await page.getByRole("button", { name: "Next section" }).click();
    await page.getByRole("button", { name: "Take it along to section 2" }).click();
    await page.getByText("goes into section 2").waitFor();
    await expect.poll(() => field.inputValue()).toBe("200 million vectors of 256 floats are 205 GB");
    // Left by a link and come back to by the browser's own button: the clock stood, and goes on.
    await page.getByRole("link", { name: "Library" }).click();
    await page.getByRole("searchbox").first().waitFor();
    await page.goBack();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    const log = (): string => readFileSync(join(studio.root, "history", "interviews", `${session}.jsonl`), "utf8");
    expect(log()).toMatch(/"pause".*\n.*"resume"/u);
    await page.getByRole("button", { name: "End", exact: true }).click();
    await page.getByText("You typed this and did not send it").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => field.inputValue()).toBe("200 million vectors of 256 floats are 205 GB");
    await page.getByRole("button", { name: "End", exact: true }).click();
    await page.keyboard.press("Enter");
    await page.getByText("answers the interviewer").waitFor();
    await expect.poll(() => page.locator(".sec", { hasText: "205 GB" }).count()).toBe(1);
    await field.fill("I would look at recall by category and at blurry shots, each on its own line.");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#line")?.value === "");
    for (let i = 0; i < 12 && (await page.getByText("answers the interviewer").count()) > 0; i++) {
      const left = await page.locator(".route").textContent();
      await page.getByRole("button", { name: "Leave it open" }).click();
      await page.waitForFunction((before) => document.querySelector(".route")?.textContent !== before, left);
    }
    await page.getByRole("heading", { name: /of nine dimensions at senior or above, as proposed/u }).waitFor();
    const serving = page.locator(".grades tr", { hasText: "Serving at scale" });
    await expect
      .poll(() => serving.textContent())
      .toContain("Index memory is computed 200 million vectors of 256 floats are 205 GB section 2");
    const asked = page.getByRole("region", { name: "Asked at the end" });
    await expect.poll(() => asked.textContent()).toContain("recall by category");
    await expect.poll(() => asked.textContent()).toContain("It carries: slices by category");
    await serving.getByRole("button", { name: "overrule" }).click();
    // As a person does: the words are pressed, once they stand still.
    await page.locator(".overrule label", { hasText: "staff" }).click();
    await page.getByLabel("Why, in your words").fill("reckoned aloud");
    await page.getByRole("combobox").selectOption("interviewer");
    await page.getByRole("button", { name: "Write it beside the proposal" }).click();
    await serving.getByText("says the interviewer").waitFor();
    await expect.poll(() => serving.textContent()).toMatch(/mid.*proposed.*staff.*reckoned aloud/u);
    await page.getByRole("button", { name: "Open the note" }).click();
    await page.waitForURL(/\/design\?/u);
    expect(readFileSync(join(studio.root, "designs", `${session}.md`), "utf8")).toContain("205 GB");
    expect(studio.errors).toEqual([]);
    await page.close();
  });
});
