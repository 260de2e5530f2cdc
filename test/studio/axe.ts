/** What axe finds in a page as it stands, in the light and in the dark theme. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What is behind everything, so that a theme that was not taken is not looked at by another's name. */
const PAPER = { light: "rgb(255, 255, 255)", dark: "rgb(16, 19, 23)" } as const;

/** The dark theme changes colours only: what else axe looks at was looked at in the light one. */
const BY_THEME = {
  light: "{ resultTypes: ['violations'] }",
  dark: "{ resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] }",
} as const;

/** One line for each violation; `where` begins it. `known` are selectors of what was looked at before. */
export async function axeIn(page: Page, where: string, known: readonly string[] = []): Promise<string[]> {
  const found: string[] = [];
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const paper = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    if (paper !== PAPER[colorScheme])
      found.push(`${where}: ${String(paper)} is not the paper of the ${colorScheme} theme`);
    const violations = await page.evaluate<Violation[]>(
      `axe.run({ include: [["html"]], exclude: ${JSON.stringify(known.map((one) => [one]))} }, ${BY_THEME[colorScheme]}).then(({ violations }) => violations)`,
    );
    for (const { id, nodes } of violations)
      found.push(
        `${where}, ${colorScheme}: ${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary.slice(0, 200)}`,
      );
  }
  return found;
}
