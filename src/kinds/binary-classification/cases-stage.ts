/** The stage that reads the cases, or simulates them: what there is, over which time, and how many are positive. */

import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";
import type { ScoredWords } from "../../steps/3-data/scored-task.ts";
import type { CaseTable } from "../../steps/3-data/sources/scored-table.ts";
import { caseTableOf } from "../../steps/3-data/sources/scored-table-facts.ts";
import { casesResult, describeTable, scoredTableStage } from "../../steps/3-data/sources/scored-table-stage.ts";
import { checkWorldSize } from "../../steps/3-data/sources/world-size.ts";
import { NO_FILES, type Stage, type StageContext, type StageResult, stage } from "../../system/stage.ts";
import { type ClickWorld, simulateClicks } from "./simulated-clicks.ts";

export const CASES_STAGE = "cases";

/** Entities that are the people whom step 1 counts. */
const PEOPLE: readonly string[] = ["user", "member", "customer"];

/** A source as plain data. */
export type CaseSource = { readonly world: ClickWorld } | { readonly table: CaseTable };

interface CasesPlan {
  readonly source: CaseSource;
  /** Values that add up over cases. */
  readonly summed: readonly string[];
  readonly words: ScoredWords;
}

/** `locate` makes the note's paths absolute; a path in its place is the data that is read instead of the note's. */
export function caseSourceOf(
  facts: DataFacts,
  declarations: readonly FeatureDeclaration[],
  words: ScoredWords,
  locate: string | ((path: string) => string),
): CaseSource {
  const { source } = facts;
  if (typeof locate !== "string" && (source === undefined || source.format === "simulated")) {
    const { members, items, days } = source ?? {};
    const [people = 800, things = 60, span = 70] = [members, items, days].map((it) => it && Math.round(it.value));
    checkWorldSize({ people: ["members", people], things: ["items", things], days: span });
    return { world: { people, things, days: span } };
  }
  return { table: caseTableOf(facts, declarations, words, typeof locate === "string" ? () => locate : locate) };
}

/** `fingerprint` covers the contents of the source's files; the folder they lie in is no part of the stage's key. */
export function casesStage({ source, summed, words }: CasesPlan, fingerprint: string): Stage {
  if ("table" in source)
    return scoredTableStage(
      CASES_STAGE,
      { table: source.table, summed, stake: null, leaves: "", words, people: PEOPLE, says: [] },
      fingerprint,
    );
  return stage({
    name: CASES_STAGE,
    step: 3,
    title: `reading ${describeCases(source)}`,
    inputs: [],
    data: NO_FILES,
    plan: { world: source.world, summed, words },
    run: playWorld,
  });
}

/** The source in a few words. */
export function describeCases(source: CaseSource): string {
  return "world" in source ? "a simulated world of clicks" : describeTable(source.table);
}

interface WorldPlan {
  readonly world: ClickWorld;
  readonly summed: readonly string[];
  readonly words: ScoredWords;
}

async function playWorld(
  { world, summed, words }: WorldPlan,
  { random }: Pick<StageContext, "random">,
): Promise<StageResult> {
  return casesResult(describeCases({ world }), simulateClicks(world, random), {
    summed,
    stake: null,
    leaves: "",
    words,
    people: PEOPLE,
    says: [],
  });
}
