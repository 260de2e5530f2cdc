/** The numbers of a note that its estimates are made from: what a slider can move. */

import type { FactInput, SheetInput } from "../estimate/sheet.ts";
import type { Design } from "../steps/design.ts";
import { SHEETS } from "./sheets.ts";
import { vary } from "./with-fact.ts";

export interface EstimateInput {
  /** What `vary` takes: `1.requests.average`. */
  readonly key: string;
  /** In base units. */
  readonly value: number;
  readonly text: string;
  /** What it is, in the words of the estimate. */
  readonly about: string;
  readonly isWhole: boolean;
}

/** Each once, in the order of the steps; lists and what is not written in the note are left out. */
export function estimateInputs(design: Design): readonly EstimateInput[] {
  const found = new Map<string, EstimateInput>();
  const workedOut = new Map<string, EstimateInput>();
  for (const sheet of SHEETS) {
    for (const { inputs, estimate, isAlternative } of sheet.cases(design)) {
      if (isAlternative === true) continue;
      for (const [name, sources] of Object.entries(inputs)) {
        const fact = firstFact("from" in sources ? [sources] : sources);
        if (fact === undefined || typeof fact.value !== "number" || found.has(fact.key)) continue;
        const varied = vary(design, fact.key);
        if (!varied.ok) continue;
        const { current, isWhole } = varied.value;
        const about = (estimate.inputs[name]?.about ?? name).split(":")[0];
        const input = { key: fact.key, value: current.value, text: current.text, about, isWhole };
        // Another estimate may have better words for a number than the one that works its input out from it.
        (current.value === fact.value ? found : workedOut).set(fact.key, input);
      }
      for (const budget of budgetKeys(design)) found.has(budget.key) || found.set(budget.key, budget);
    }
  }
  return [...new Map([...workedOut, ...found]).values()].toSorted((a, b) => Number(a.key[0]) - Number(b.key[0]));
}

/** The parts of the latency budget are a list to the estimate, and a number each in the note. */
function budgetKeys({ deploy }: Design): readonly EstimateInput[] {
  return Object.entries(deploy.serving?.budget ?? {}).map(([name, { value, text }]) => ({
    key: `6.serving.budget.${name}`,
    value,
    text,
    about: `time of ${name}`,
    isWhole: false,
  }));
}

/** The first source that is there; undefined where that is no fact. */
function firstFact(sources: readonly SheetInput[]): FactInput | undefined {
  const first = sources.find((source) => source.from !== "fact" || source.value !== undefined);
  return first?.from === "fact" ? first : undefined;
}
