import { describe, expect, it } from "vitest";
import { isMeantAsDesign } from "./meant-as-design.ts";

describe("a text that says it is a design note", () => {
  it.each([
    "---\nheptad: 1\n---\n",
    "\ufeff---\r\ntitle: Feed\r\nheptad: 1\r\n---\r\n",
    "---\nheptad: 1\ntitle: never closed\n\n## 3. Data\n",
    "---\nheptad : 1\ntitle: [broken\n---\n",
    "          ---\nheptad: 1\n---\n",
    "\n---\nheptad: 1\n---\n",
  ])("is known by the line of its front matter: %j", (text) => {
    expect(isMeantAsDesign(text)).toBe(true);
  });

  it.each([
    "",
    "heptad: 1\n",
    "---\ntitle: Feed\n---\nheptad: 1\n",
    "---\ntitle: Feed\n\n## Settings\n\nheptad: 1\n",
    "# Feed\n\n---\nheptad: 1\n---\n",
    "---\nnotheptad: 1\n---\n",
  ])("is not found in prose: %j", (text) => {
    expect(isMeantAsDesign(text)).toBe(false);
  });
});
