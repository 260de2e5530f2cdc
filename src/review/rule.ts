/** The contract of a rule: what it says of itself, and three functions that find, say and mend. One file per rule states one. */

import type { StepNumber } from "../core/figure.ts";
import type { Severity } from "../core/finding.ts";
import type { Design } from "../steps/design.ts";
import type { Consequence } from "./consequence.ts";

/** A short note: the facts of some steps as YAML. `prose` stands under the facts of step 1. */
export type Example = { readonly [Step in StepNumber]?: string } & {
  readonly system?: string;
  readonly prose?: string;
};

/** Thresholds that a project may change, by name. */
export type Settings = Readonly<Record<string, number>>;

/** What a rule says of itself, apart from any design. */
export interface RuleText {
  /** `HPsnn` for a rule of step s, permanent and never reused; `Ts-name` for a rule of a team. */
  readonly code: `HP${number}` | `T${number}-${string}`;
  /** The bad thing in kebab-case, so that "waive random-split-on-temporal-data" reads right. */
  readonly name: string;
  readonly step: StepNumber;
  /** Paths of the facts it looks at, the step first: `3.split.by`, `4.stages[].keep`. */
  readonly reads: readonly string[];
  /** The usual severity; a hit may be milder or worse. */
  readonly severity: Severity;
  /** What comes of it if nobody acts: the order of work. */
  readonly consequence: Consequence;
  /** What is found, in one line, lower case without a full stop. */
  readonly summary: string;
  readonly why: string;
  readonly fix: string;
  /** What the prose may say in place of a fact, and the words that show it: of that fact it is not said that there is nothing of the kind. */
  readonly prose?: { readonly path: string; readonly about: string; readonly words: RegExp };
  /** Each begins with a title of `steps/references.ts`. */
  readonly sources: readonly string[];
  /** A remark on what experts disagree on, or on what the rule leaves out. */
  readonly note?: string;
  /** Defaults of the numbers in the condition. */
  readonly settings?: Settings;
  readonly examples: { readonly bad: Example; readonly good: Example };
}

/** A place where the rule fires, with the facts that its words need. */
export interface Hit {
  /** Path of the fact that is marked. Where it is absent, the key or the heading that should hold it is marked. */
  readonly at: string;
  /** Further places that are a cause. */
  readonly also?: readonly string[];
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  /** Paths of facts that this finding asks for; rules that wait for one of them are listed with it. */
  readonly lacks?: readonly string[];
}

/** A needed fact is absent: the rule stays silent, and a rule of the missing family asks. */
export interface Unknown {
  readonly unknown: readonly string[];
}

/** An empty list is a pass. */
export type Checked<H extends Hit> = readonly H[] | "not applicable" | Unknown;

/** A hit in words, lower case without a full stop. */
export interface Said {
  /** Stands alone, with the user's own numbers. */
  readonly message: string;
  /** A few words under the mark. */
  readonly label?: string;
  /** One text for each place of the hit's `also`. */
  readonly also?: readonly string[];
  /** In place of the rule's general one. */
  readonly why?: string;
  readonly fix?: string;
}

/** A mechanical mend: another value for a fact, or a key added to a map of facts. */
export type Repair =
  | { readonly replace: string; readonly by: string }
  | { readonly addTo: string; readonly key: string; readonly value: string };

/** A rule as it is written. `H` is what its check hands to its words. */
export interface WrittenRule<H extends Hit, S extends Settings> extends RuleText {
  readonly settings?: S;
  /** Finds places and facts; no sentences. */
  readonly check: (design: Design, settings: S) => Checked<H>;
  /** Turns a hit into words. */
  readonly say: (hit: H) => Said;
  /** Turns a hit into edits, where the mend is mechanical. */
  readonly repair?: (hit: H) => readonly Repair[];
}

export interface Spoken {
  readonly hit: Hit;
  readonly said: Said;
  readonly repairs: readonly Repair[];
}

/** How a rule ended on one design. */
export type Examination =
  | { readonly outcome: "pass" | "not applicable" }
  | { readonly outcome: "unknown"; readonly missing: readonly string[] }
  | { readonly outcome: "fires"; readonly spoken: readonly Spoken[] };

/** A rule as the engine runs it. */
export interface Rule extends RuleText {
  readonly repairs: boolean;
  /** `settings` overrides the rule's own numbers by name. */
  readonly examine: (design: Design, settings?: Settings) => Examination;
}

export function defineRule<H extends Hit, S extends Settings = Settings>(written: WrittenRule<H, S>): Rule {
  const { check, say, repair, ...text } = written;
  return {
    ...text,
    repairs: repair !== undefined,
    examine(design, settings) {
      const checked = check(design, merge(written.settings, settings));
      if (checked === "not applicable") return { outcome: checked };
      if ("unknown" in checked) return { outcome: "unknown", missing: checked.unknown };
      if (checked.length === 0) return { outcome: "pass" };
      const spoken = checked.map((hit) => ({ hit, said: say(hit), repairs: repair?.(hit) ?? [] }));
      return { outcome: "fires", spoken };
    },
  };
}

/** The outcome of a rule whose facts are absent. */
export function unknown(...paths: readonly string[]): Unknown {
  return { unknown: paths };
}

/** The hits; where there are none but facts were missing for some of the things looked at, unknown. */
export function orUnknown<H extends Hit>(hits: readonly H[], missing: readonly string[]): readonly H[] | Unknown {
  return hits.length === 0 && missing.length > 0 ? unknown(...missing) : hits;
}

/** The paths among `wanted` whose value is undefined. */
export function absent(wanted: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(wanted).filter((path) => wanted[path] === undefined);
}

function merge<S extends Settings>(defaults: S | undefined, given: Settings | undefined): S;
function merge(defaults: Settings = {}, given?: Settings): Settings {
  return given === undefined ? defaults : { ...defaults, ...given };
}
