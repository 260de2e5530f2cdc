import { describe, expect, it } from "vitest";
import type { Book, Inline } from "./document.ts";
import { brokenLinks, writeSite } from "./site.ts";

const link = (to: string): Inline => ({ kind: "link", to, of: [{ kind: "text", text: to }] });
const bookOf = (...links: readonly string[]): Book => ({
  title: "A book",
  subtitle: "of two chapters",
  parts: [
    {
      id: "patterns",
      title: "Patterns",
      chapters: [
        { id: "one", title: "One", blocks: [{ kind: "paragraph", of: links.map(link) }] },
        {
          id: "two",
          title: "Two",
          blocks: [{ kind: "heading", depth: 1, of: [{ kind: "text", text: "Inside" }], id: "inside-two" }],
        },
      ],
    },
  ],
  sheets: [],
});
const broken = (...links: readonly string[]) =>
  brokenLinks(writeSite(bookOf(...links), { picture: () => "", hasSearch: false }), new Set());

describe("the links of a site", () => {
  it("lead to chapters and to places inside them, from every page", () => {
    expect(broken("#two", "#inside-two", "https://a.org/x", "mailto:a@b.org")).toEqual([]);
  });

  it("are found where they lead nowhere, with their page", () => {
    expect(broken("#two", "#gone")).toEqual([{ page: "patterns/one.html", to: "#gone" }]);
  });
});
