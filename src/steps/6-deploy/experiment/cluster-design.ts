/** What randomising clusters or time blocks costs: the design effect, and how many clusters and blocks a test needs. */

import type { Outcome } from "../../../core/outcome.ts";
import { wholeAbove } from "../../../core/whole.ts";
import { positive, type Requirement, whenAll, wholeNumber } from "./plan-input.ts";

/**
 * 1 + ((cv^2 + 1) m - 1) rho: how many times more units a cluster test needs, for clusters of mean size m that vary with coefficient
 * `sizeVariation` and an intra-cluster correlation rho (Kish 1965; Eldridge, Ashby, Kerry 2006 for unequal sizes).
 */
export function designEffect(meanSize: number, correlation: number, sizeVariation = 0): number {
  return 1 + ((sizeVariation ** 2 + 1) * meanSize - 1) * correlation;
}

/** A test of groups, sized from that of single units. */
export interface ClusterPlan {
  /** Units per arm that a test of single units would need. */
  readonly perArm: number;
  readonly meanSize: number;
  /** Intra-cluster correlation, 0 to 1. */
  readonly correlation: number;
  readonly sizeVariation?: number;
}

/** What the groups cost. */
export interface ClusterSize {
  readonly designEffect: number;
  /** Units per arm with the design effect. */
  readonly perArm: number;
  readonly clustersPerArm: number;
}

/** Clusters per arm, rounded up, two at least: one has no variance. Below about 20 an arm, the normal law flatters and a t or permutation test is due. */
export function clusterSampleSize(plan: ClusterPlan): Outcome<ClusterSize> {
  const { perArm, meanSize, correlation, sizeVariation = 0 } = plan;
  return whenAll(
    [
      positive("units per arm", perArm),
      positive("mean cluster size", meanSize),
      shareOrZero("intra-cluster correlation", correlation),
      { name: "size variation", value: sizeVariation, holds: sizeVariation >= 0, must: "be 0 or above" },
    ],
    () => {
      const effect = designEffect(meanSize, correlation, sizeVariation);
      return {
        designEffect: effect,
        perArm: perArm * effect,
        clustersPerArm: Math.max(2, wholeAbove((perArm * effect) / meanSize)),
      };
    },
  );
}

/** A test that switches whole places between the arms, block by block. */
export interface SwitchbackPlan {
  /** How long one block lasts, and how long an effect lingers into the next, in the same unit of time. */
  readonly block: number;
  readonly carryOver: number;
  /** Places (cities, markets) that switch on their own. */
  readonly places: number;
  /** Blocks per arm that the variance between blocks calls for, as from `sampleSizeMeans` with blocks as units. */
  readonly blocksPerArm: number;
}

/** How long it runs and what of it can be read. */
export interface SwitchbackSize {
  /** Share of each block that can be read once the carry-over has passed. */
  readonly readableShare: number;
  /** How long it runs, in the unit of `block`, with both arms in every place. */
  readonly length: number;
}

/** A switchback's length. A carry-over that fills the block leaves nothing to read and is refused. */
export function switchbackLength(plan: SwitchbackPlan): Outcome<SwitchbackSize> {
  const { block, carryOver, places, blocksPerArm } = plan;
  return whenAll(
    [
      positive("block", block),
      {
        name: "carry-over",
        value: carryOver,
        holds: carryOver >= 0 && carryOver < block,
        must: `be 0 or above and shorter than the block (${block})`,
      },
      wholeNumber("places", places, 1),
      positive("blocks per arm", blocksPerArm),
    ],
    () => ({ readableShare: 1 - carryOver / block, length: 2 * Math.ceil(Math.ceil(blocksPerArm) / places) * block }),
  );
}

function shareOrZero(name: string, value: number): Requirement {
  return { name, value, holds: value >= 0 && value <= 1, must: "be between 0 and 1" };
}
