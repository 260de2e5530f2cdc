/** What the page and the review's worker say to each other. */

import type { FactToWrite, OpenQuestion, RuleConfiguration, WrittenTeamRule } from "../../index.ts";

export interface PlainEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface PlainFinding {
  readonly code: string;
  readonly name: string;
  readonly severity: "error" | "warning" | "advice";
  readonly message: string;
  readonly label: string;
  readonly why: string;
  readonly fix: string;
  readonly consequence: string;
  readonly step: number;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly edits: readonly PlainEdit[];
}

export interface PlainReview {
  /** In the order of work. */
  readonly findings: readonly PlainFinding[];
  readonly waived: readonly {
    readonly code: string;
    readonly name: string;
    readonly message: string;
    readonly reason: string;
  }[];
  readonly waiting: readonly { readonly code: string; readonly name: string; readonly missing: readonly string[] }[];
  /** Steps that a draft has not begun: nothing is found in them, and nothing holds. */
  readonly notBegun: readonly number[];
  /** False where the text is no design at all. */
  readonly isDesign: boolean;
  readonly fromProse: boolean;
}

export interface PlainAnswer {
  readonly sheet: string;
  readonly title: string;
  readonly step: number;
  readonly value: string;
  readonly derivation: string;
  readonly assumptions: readonly { readonly input: string; readonly text: string; readonly why: string }[];
  /** Facts behind it that are proposed and not accepted, as the note writes them. */
  readonly proposed: readonly string[];
  readonly limits: readonly { readonly words: string; readonly isBroken: boolean; readonly share: number }[];
  readonly dominant: string;
}

export interface PlainInput {
  readonly key: string;
  readonly about: string;
  readonly text: string;
  readonly value: number;
  /** As it would be written at the slider's place; undefined where that is what the note says. */
  readonly moved: string | undefined;
  /** The comment on where the old value comes from: it goes with that value when the moved one is written. */
  readonly mark: string | undefined;
}

export interface PlainEstimate {
  readonly troubles: readonly string[];
  readonly answers: readonly PlainAnswer[];
  readonly missing: readonly (FactToWrite & { readonly key: string; readonly about: string })[];
  readonly inputs: readonly PlainInput[];
  /** SVG text; absent where the note names no stages. */
  readonly drawing: string | undefined;
}

export interface PlainFact {
  readonly key: string;
  readonly step: number;
  readonly question: string;
  readonly kind: string;
  readonly example: string;
  readonly about: string;
  readonly choices: readonly string[];
  readonly rules: number;
  readonly topic: string;
  /** Whether the note says it already, or asks it. */
  readonly isStated: boolean;
  /** Whether the note asks it. */
  readonly isOpen: boolean;
}

/** What `heptad.yaml` says about the review of one note. */
export interface PlainSettings {
  readonly rules: Readonly<Record<string, RuleConfiguration>>;
  readonly team: readonly WrittenTeamRule[];
}

/** What is asked; every kind has its answer. */
export interface Orders {
  /** From now on every review goes by these settings. */
  configure: PlainSettings;
  review: { text: string };
  /** Codes that the mend of each finding clears besides its own. */
  effects: { text: string; most: number };
  /** `width` is what the drawing may take, in pixels. */
  estimate: { text: string; moved: readonly (readonly [key: string, factor: number])[]; width: number };
  /** The drawing as a file of its own. */
  drawing: { text: string; moved: readonly (readonly [key: string, factor: number])[]; form: "svg" | "mermaid" };
  complete: { text: string; offset: number };
  hover: { text: string; offset: number };
  explain: { code: string };
  set: { text: string; facts: readonly (readonly [key: string, value: string])[] };
  /** What a fact would be read as: nothing is written. */
  read: { text: string; key: string; value: string };
  ask: OpenQuestion & { text: string };
  facts: { text: string };
  waive: { text: string; name: string; reason: string };
}

export interface Answers {
  configure: null;
  review: PlainReview;
  effects: readonly { readonly code: string; readonly from: number; readonly clears: readonly string[] }[];
  estimate: PlainEstimate | undefined;
  drawing: string;
  complete: readonly {
    readonly label: string;
    readonly insert: string;
    readonly kind: string;
    readonly detail: string;
  }[];
  hover: string | undefined;
  explain: string | undefined;
  set: { readonly text: string } | { readonly wrong: string; readonly fix: string };
  read:
    | { readonly reads: string | undefined; readonly findings: readonly PlainFinding[] }
    | { readonly wrong: string; readonly fix: string };
  ask: { readonly text: string };
  facts: readonly PlainFact[];
  waive: { readonly text: string } | { readonly wrong: string; readonly fix: string };
}

export type Kind = keyof Orders;

export interface Order<K extends Kind = Kind> {
  readonly id: number;
  readonly kind: K;
  readonly order: Orders[K];
}

export interface Reply<K extends Kind = Kind> {
  readonly id: number;
  readonly answer?: Answers[K];
  readonly wrong?: string;
}
