/** What training a first-stage model needs at least of a machine: bytes and operations by the sizes of its data and the note's options. */

import type { Need } from "../../../system/need.ts";
import { als } from "./als.ts";

/** What a model is trained on. `settings` below are those of a `RecommenderChoice`. */
export interface TrainingSize {
  readonly units: number;
  readonly items: number;
  /** Different pairs of unit and item. */
  readonly pairs: number;
  /** Whether they pass through memory by blocks, where the model can learn so. */
  readonly byBlocks?: boolean;
}

type Floor = Pick<Need, "bytes" | "bytesSum" | "operations" | "operationsSum"> & { readonly by: string };

/**
 * The least that training can do with: what is left out only adds to it. ALS solves a k x k system for each unit and item in each pass
 * (k³ / 3 multiplications, Hu, Koren and Volinsky 2008) and adds up k² / 2 for each pair on both sides; EASE inverts items x items.
 */
export function recommenderNeed(name: string, settings: string, size: TrainingSize): Need {
  const { by, ...floor } = floorOf(name, optionsOf(settings), size);
  return { part: by, ...floor, where: "4.stages", fix: `write smaller values for \`${name}\`, or take fewer rows` };
}

type Options = Readonly<Record<string, unknown>>;

function optionsOf(settings: string): Options {
  const parsed: unknown = JSON.parse(settings);
  return typeof parsed === "object" && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {};
}

function floorOf(name: string, options: Options, size: TrainingSize): Floor {
  const { units, items, pairs, byBlocks = false } = size;
  const number = (key: string): number => (typeof options[key] === "number" ? options[key] : 0);
  const [factors, iterations, neighbours] = [number("factors"), number("iterations"), number("neighbours")];
  switch (name) {
    case "als":
      return {
        by: `als with ${written(factors)} factors and ${written(iterations)} iterations`,
        bytes: 4 * factors * (units + items) + (byBlocks ? 0 : 16 * pairs),
        bytesSum: `${written(units)} units and ${written(items)} items x ${written(factors)} numbers of 4 bytes${byBlocks ? "" : `, and ${written(pairs)} pairs of 16`}`,
        operations: iterations * (((units + items) * factors ** 3) / 3 + pairs * factors ** 2),
        operationsSum: `${written(iterations)} iterations x (${written(units + items)} units and items x ${written(factors)}³ / 3 + ${written(pairs)} pairs x ${written(factors)}²)`,
      };
    case "ease":
    case "sequence-ease":
      return {
        by: name,
        bytes: 8 * items ** 2,
        bytesSum: `${written(items)}² weights of 4 bytes, twice`,
        operations: items ** 3,
        operationsSum: `the inverse of ${written(items)} x ${written(items)} numbers`,
      };
    case "ease-als": {
      const pairwise = floorOf("ease", options, size);
      const factored = floorOf("als", { ...als.defaults, factors }, size);
      return {
        by: `ease-als with ${written(factors)} factors`,
        bytes: pairwise.bytes + factored.bytes,
        bytesSum: `${pairwise.bytesSum}, and ${factored.bytesSum}`,
        operations: pairwise.operations + factored.operations,
        operationsSum: `${pairwise.operationsSum}, and ${factored.operationsSum}`,
      };
    }
    case "two-tower": {
      const widths = [factors, ...widthsOf(options.hidden), factors];
      const layers = widths.slice(1).reduce((sum, width, at) => sum + width * widths[at], 0);
      const epochs = number("epochs");
      return {
        by: `two-tower with the widths ${widths.map(written).join(", ")}`,
        // Weights, slopes and the two moments of Adam; the towers of units and of items.
        bytes: 16 * (2 * layers + items * factors),
        bytesSum: `two towers of ${written(layers)} weights and ${written(items)} items x ${written(factors)} numbers, each with slope and two moments of 4 bytes`,
        operations: epochs * pairs * layers,
        operationsSum: `${written(epochs)} epochs x ${written(pairs)} pairs x ${written(layers)} weights`,
      };
    }
    case "graph-filter":
      return {
        by: `graph-filter with ${written(factors)} factors`,
        bytes: 4 * Math.min(factors, units, items) * items,
        bytesSum: `${written(Math.min(factors, units, items))} directions of ${written(items)} numbers of 4 bytes`,
        operations: Math.min(factors, units, items) * pairs,
        operationsSum: `${written(Math.min(factors, units, items))} directions x ${written(pairs)} pairs`,
      };
    default:
      return {
        by: neighbours > 0 ? `${name} with ${written(neighbours)} neighbours` : name,
        bytes: 8 * pairs,
        bytesSum: `${written(pairs)} pairs of 8 bytes`,
        operations: pairs,
        operationsSum: `${written(pairs)} pairs`,
      };
  }
}

function widthsOf(hidden: unknown): readonly number[] {
  return Array.isArray(hidden) ? hidden.filter((one) => typeof one === "number") : [];
}

function written(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
