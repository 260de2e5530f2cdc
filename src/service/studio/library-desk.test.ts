import { describe, expect, it } from "vitest";
import { spelledOut } from "../../library/abbreviations.ts";
import { openLibraryDesk } from "./library-desk.ts";

describe("the library of the studio", () => {
  const desk = openLibraryDesk();

  it("has the page of a rule as it is explained, not only its line", async () => {
    const rule = (await desk.entries()).find(({ kind, title }) => kind === "rule" && title.includes("HP301"));
    const { title, markdown } = await desk.page("rule", rule?.name ?? "");
    expect(title).toContain("HP301");
    expect(markdown).toContain("HP301");
    expect(markdown.length).toBeGreaterThan(400);
  });

  it("finds a rule by its words, and holds a page for each entry of a kind", async () => {
    const found = JSON.stringify(await desk.search("random split", undefined));
    expect(found).toContain("random-split");
    const entries = await desk.entries();
    for (const kind of new Set(entries.map((one) => one.kind))) {
      const name = entries.find((one) => one.kind === kind)?.name ?? "";
      expect((await desk.page(kind, name)).markdown.length, `${kind} ${name}`).toBeGreaterThan(20);
    }
  });

  it("finds something for abbreviations that it spells out, and says what it was taken for", async () => {
    for (const word of ["auroc", "ctr", "cvr", "ipw", "pii", "qps", "rps", "sla"]) {
      expect(spelledOut(word), word).toBeDefined();
      const { total, takenFor } = await desk.search(word, undefined);
      expect(total, word).toBeGreaterThan(0);
      expect(takenFor.length, word).toBeGreaterThan(0);
    }
  });

  it("says that there is no such page", async () => {
    await expect(desk.page("rule", "no-such-rule")).rejects.toThrow("no such page");
  });
});
