/** What stops a rollout: the names of `abort-on` read as things that can be measured, each with the harm that is accepted. */

import type { DeployFacts } from "../schema.ts";

/** What a name stands for. Shares are of cases, of honest cases, of positives or of the money that positives put at stake. */
export type GuardrailKind =
  | "errors"
  | "latency p99"
  | "cases declined"
  | "false positives"
  | "positives missed"
  | "money lost";

/** JSON as it stands. */
export type Guardrail = {
  /** As the note writes it. */
  readonly name: string;
  readonly kind: GuardrailKind;
  /** Harm up to this is accepted: a share, or seconds for latency. */
  readonly margin: number;
  /** Whether the note states the margin; otherwise it is 0, and any harm that is certain stops the rollout. */
  readonly isStated: boolean;
};

export interface ReadGuardrails {
  readonly guardrails: readonly Guardrail[];
  /** Names that no replay of cases can measure. */
  readonly unknown: readonly string[];
}

/** The guardrails of `abort-on`, in the note's order; margins are those that the experiment's guardrails of the same kind state. */
export function readGuardrails({ rollout, experiment }: Pick<DeployFacts, "rollout" | "experiment">): ReadGuardrails {
  const names = rollout?.["abort-on"] ?? [];
  const margins = new Map(
    (experiment?.guardrails ?? []).flatMap((one) => {
      const kind = kindOf(one.metric);
      const { margin } = "margin" in one ? one : { margin: undefined };
      const unit = kind === "latency p99" ? 1 : undefined;
      return kind === undefined || margin === undefined || margin.dimension.second !== unit
        ? []
        : [[kind, margin.value] as const];
    }),
  );
  const guardrails = new Map<GuardrailKind, Guardrail>();
  const unknown: string[] = [];
  for (const name of names) {
    const kind = kindOf(name);
    if (kind === undefined) unknown.push(name);
    else guardrails.set(kind, { name, kind, margin: margins.get(kind) ?? 0, isStated: margins.has(kind) });
  }
  return { guardrails: [...guardrails.values()], unknown };
}

/** The first pattern that fits decides: `share of honest payments declined` speaks of honest ones first. */
const PATTERNS: readonly (readonly [RegExp, GuardrailKind])[] = [
  [/\bp99\b|^latency$/u, "latency p99"],
  [/\b(error|failure|fallback)s?\b/u, "errors"],
  [/honest|false[- ](positive|alarm)/u, "false positives"],
  [/\b(recall|missed|caught)\b/u, "positives missed"],
  [/\bmoney\b/u, "money lost"],
  [/declined|reviewed|\balerts\b/u, "cases declined"],
];

function kindOf(name: string): GuardrailKind | undefined {
  return PATTERNS.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1];
}
