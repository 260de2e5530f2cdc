/** Generates docs/reproduced.md out of the kept results of published tables. */

import { keptTables, REPRODUCED_PAGE } from "../src/node/reproduce/kept-tables.ts";
import { reproducedPage } from "../src/node/reproduce/page.ts";
import type { Generated } from "./generated.ts";

export function generateReproduced(): Generated[] {
  return [{ path: REPRODUCED_PAGE, text: reproducedPage(keptTables(".")) }];
}
