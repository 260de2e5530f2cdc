/** Drift of a live service: values as they are read, held against what they were when the model was judged, a window at a time. */

import { psi } from "../steps/7-monitor/drift/psi.ts";
import type { ServedSystem } from "../system/served-system.ts";

export interface DriftWatch {
  /** Takes the values of one answer. */
  observe(values: ReadonlyMap<string, number>): void;
  /** The newest whole window by name: silent until there are values enough. */
  readonly psi: ReadonlyMap<string, DriftReading>;
}

export interface DriftReading {
  readonly value: number;
  /** What chance alone passes one time in twenty. */
  readonly noise: number;
  readonly n: number;
}

/** Values of a window where the note does not say; PSI of fewer is mostly noise. */
export const USUAL_WINDOW = 1000;

export function openDriftWatch(profile: ServedSystem["profile"], window = USUAL_WINDOW): DriftWatch {
  const readings = new Map<string, DriftReading>();
  const windows = new Map([...profile.keys()].map((name) => [name, { values: new Float64Array(window), count: 0 }]));
  return {
    psi: readings,
    observe(values) {
      for (const [name, value] of values) {
        const kept = windows.get(name);
        const reference = profile.get(name);
        if (kept === undefined || reference === undefined) continue;
        kept.values[kept.count++] = value;
        if (kept.count < window) continue;
        kept.count = 0;
        const read = psi(reference, kept.values);
        // One that never varies says nothing; it is left as it was.
        if (read.ok) readings.set(name, { value: read.value.value, noise: read.value.noise.percentile95, n: window });
      }
    },
  };
}
