/** Where a service keeps what must not be lost: its models, what it was told, who was shown what, and whether its experiment was stopped. */

import type { ServedSystem } from "../../system/served-system.ts";
import type { DurableSystem } from "../durable-system.ts";
import type { ExperimentSwitch } from "../experiment-switch.ts";
import type { ExposureLog } from "../exposure-log.ts";
import type { ModelRegistry } from "../model-registry.ts";
import type { LogBeginning } from "./log-beginning.ts";

export interface ServiceStore {
  /** Whether `remember` brings a system to what is kept here; else here is kept what the system knows. */
  holds(): Promise<boolean>;
  readonly models: ModelRegistry;
  /** Notes whose all of this is, where that is not known yet. Throws a `FailureError` where it is another note's. */
  claim(): Promise<void>;
  readonly experiment: ExperimentSwitch;
  /**
   * Brings a fresh system to where the store left it, and keeps what it is told from then on. A new store begins with what the system knows.
   * Once. Throws a `FailureError` for a store that is damaged, held by another process, or of other features. `makeAside` makes snapshots
   * beside this process and gives their bytes; without it requests wait for them.
   */
  remember(
    system: ServedSystem,
    makeAside?: (upTo: number) => Promise<number>,
    beginning?: OfferedBeginning,
  ): Promise<DurableSystem>;
  /** Rows of exposures that a new store begins with, before `remember`. */
  beginExposures(rows: Uint8Array): void;
  /** Who was shown which arm; asked for after `remember`. */
  exposures(): ExposureLog;
  /** The newest event and the moment, in seconds of the world, at which the clock of all who share this store began. */
  clockOrigin(newest: number, world: number): Promise<ClockOrigin>;
  /** Notes which model remembers from here on, after `remember`. */
  remembersBy(model: string): void;
  /** The model that remembered last, where that is known: what is kept is of its features. */
  readonly rememberedBy: string | undefined;
  /** Removes all that was told, before `remember`; what is shared with other services stays. */
  beginAnew(): void;
  /** Removes all that is remembered about a unit, after `remember`. Throws a `FailureError` where nothing is kept by unit. */
  forget(unit: string): Promise<Forgotten>;
  /** What it counts, for the metrics, by name and help. */
  readonly gauges: readonly StoreGauge[];
  /** Ends after what `remember` gave has been closed. */
  close(): Promise<void>;
}

/** What a new store begins with, and how a system comes to be that begins so too: where what is kept is of other features, it is told the log anew. */
export interface OfferedBeginning extends Pick<LogBeginning, "begin" | "data" | "meaning" | "model"> {
  open(begin: LogBeginning["begin"]): Promise<ServedSystem>;
  /** How many requests of the log it was told. */
  onRebuilt(requests: number): void;
  /** How to go on where what is kept does not suffice; `kept` is the model that it is of, where that is known. */
  waysOn(kept: string | undefined): string;
}

export interface ClockOrigin {
  readonly newest: number;
  readonly world: number;
}

export interface Forgotten {
  readonly entries: number;
  readonly exposures: number;
}

export interface StoreGauge {
  readonly name: string;
  readonly help: string;
  read(): number;
}

/** Where NATS is reached: URLs with commas between them, and a file of credentials where there is one. */
export interface StoreAddress {
  readonly url: string;
  readonly credentials?: string;
}

export interface StoreListener {
  /** Names the process among those that share a folder: its port. */
  readonly replica: string;
  readonly say?: (message: string) => void;
  readonly onError?: (message: string) => void;
}
