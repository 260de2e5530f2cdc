/** How many requests are in flight and how many the replicas hold (Little 1961: L = λW). */

import { wholeAbove } from "../../core/whole.ts";
import { trafficOf } from "../1-clarify/traffic.ts";
import type { Design } from "../design.ts";

export interface Capacity {
  /** Requests a second at peak, before the cache. */
  readonly peak: number;
  readonly serviceTime: number;
  readonly replicas: number;
  readonly concurrency: number;
  /** Planned load; `USUAL_UTILIZATION` where the note does not say. */
  readonly utilization: number;
  readonly utilizationAssumed: boolean;
  readonly hitRate: number;
  /** Requests in flight with the cache, and without. */
  readonly inFlight: number;
  readonly inFlightCold: number;
  readonly capacity: number;
}

/** What the estimate and the review both plan with: room for queues. */
export const USUAL_UTILIZATION = 0.6;

/** Requests that a replica serves at once where the note does not say: one a core on a machine of 8 cores. */
export const USUAL_SLOTS = 8;

/** Little's law (1961): requests in service at once, and the share of all slots that they keep busy. The estimate and the run both count so. */
export function loadAt(
  rate: number,
  meanSeconds: number,
  replicas: number,
  slots: number,
): { readonly inFlight: number; readonly busyShare: number } {
  const inFlight = rate * meanSeconds;
  return { inFlight, busyShare: inFlight / (replicas * slots) };
}

/** The replicas that so many requests in flight need: the estimate `replicas` rounds in the same way. */
export function replicasFor({ inFlight, concurrency, utilization }: Capacity): number {
  return wholeAbove(inFlight / (concurrency * utilization));
}

/** The capacity, or the paths of the facts that are missing. */
export function capacityOf(design: Design): Capacity | { readonly missing: readonly string[] } {
  const { peak, peakWaitsFor } = trafficOf(design);
  const { replicas, concurrency, utilization, cache, ...serving } = design.deploy.serving ?? {};
  const serviceTime = serving["service-time"]?.value;
  if (peak === undefined || serviceTime === undefined || replicas === undefined || concurrency === undefined) {
    const facts = {
      "6.serving.service-time": serviceTime,
      "6.serving.replicas": replicas,
      "6.serving.concurrency": concurrency,
    };
    const missing = Object.entries(facts).flatMap(([path, value]) => (value === undefined ? [path] : []));
    return { missing: [...peakWaitsFor, ...missing] };
  }
  const load = utilization?.value ?? USUAL_UTILIZATION;
  const hitRate = cache?.["hit-rate"]?.value ?? 0;
  const inFlightCold = peak * serviceTime;
  return {
    peak,
    serviceTime,
    replicas,
    concurrency,
    utilization: load,
    utilizationAssumed: utilization === undefined,
    hitRate,
    inFlight: inFlightCold * (1 - hitRate),
    inFlightCold,
    capacity: replicas * concurrency * load,
  };
}
