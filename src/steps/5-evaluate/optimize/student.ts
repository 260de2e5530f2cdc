/** The student of a distillation as the note describes it, with what the note leaves open filled in. */

import type { CompressionEntry } from "./variant.ts";

export interface Student {
  readonly model: string;
  readonly hidden: readonly number[];
  readonly trees: number;
  readonly leaves: number;
}

/** A network of one layer of 32 where nothing is said; 20 trees of 8 leaves where trees are asked for. */
export function studentOf({ student }: Pick<CompressionEntry, "student">): Student {
  return {
    model: student?.model ?? "mlp",
    hidden: student?.hidden ?? [32],
    trees: student?.trees ?? 20,
    leaves: student?.leaves ?? 8,
  };
}

/** `mlp 32-16`, `1 tree of 16 leaves`, `logistic-regression`. */
export function describeStudent({ model, hidden, trees, leaves }: Student): string {
  if (model === "mlp") return `mlp ${hidden.join("-")}`;
  return model === "gbdt" ? `${trees} ${trees === 1 ? "tree" : "trees"} of ${leaves} leaves` : model;
}
