/** A small recommender's note in a folder of its own, and the settings that tests sweep over. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./temporary-folder.ts";

export const SWEPT = [
  "--set",
  "4.stages.candidates.factors=4,8",
  "--set",
  "4.stages.ranking.trees=5,10",
  "--jobs",
  "2",
  "--json",
];

/** What `heptad sweep --json` says of a variant. */
export interface SweptVariant {
  readonly name: string;
  readonly metric: string;
  readonly quality: number;
  readonly onFront: boolean;
  readonly folder: string;
}

export function sweptProject(): { readonly folder: string; readonly note: string } {
  const folder = temporaryFolder();
  const note = join(folder, "small.md");
  const fixture = readFileSync(join(import.meta.dirname, "fixtures", "small-recommendation.md"), "utf8");
  writeFileSync(note, fixture.replace("members: 250, items: 120", "members: 50, items: 40"));
  writeFileSync(join(folder, "heptad.yaml"), "");
  return { folder, note };
}
