import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { estimateDesign } from "../note/estimate-design.ts";
import { withFacts } from "../note/with-fact.ts";
import { parseDesign } from "../steps/design.ts";
import { movedBySet } from "./moved-by-set.ts";

const { design } = parseDesign(readFileSync("designs/movie-recommendations.md", "utf8"), "note.md");
if (design === undefined) throw new Error("no design");

function moved(key: string, value: string): string {
  const changed = design === undefined ? undefined : withFacts(design, [[key, value]]);
  if (design === undefined || changed?.ok !== true) throw new Error("not set");
  return movedBySet(estimateDesign(design), estimateDesign(changed.value));
}

it("names four of the answers that moved and counts the others, alternatives left out", () => {
  expect(moved("1.requests.average", "800/s")).toBe(
    "moved by --set: traffic, storage of the request log, replicas by Little's law, waiting at the peak and 1 more; the rest is computed from other facts",
  );
});

it("names all where they are few, and says where nothing moved", () => {
  expect(moved("6.serving.utilization", "50%")).toMatch(
    /^moved by --set: [^;]+; the rest is computed from other facts$/u,
  );
  expect(moved("6.serving.utilization", "50%")).not.toMatch(/more/u);
  expect(moved("1.users.daily", "2M")).toBe("moved by --set: nothing; every answer is computed from other facts");
});
