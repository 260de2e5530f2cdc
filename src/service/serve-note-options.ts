/** What somebody who serves a note says of it. */

import type { RunRequest } from "../node/run-design.ts";
import type { Layer } from "./online-experiment.ts";
import type { StoreAddress } from "./store/service-store.ts";

export interface ServeNoteOptions {
  readonly run: RunRequest;
  readonly host: string;
  readonly port: number;
  /** What it knows where nothing was remembered yet: all of the data, or what came before the test window. */
  readonly begin: "test" | "end";
  /** Whether it begins with the data: what its own files hold is removed, or left where NATS is gone on with. */
  readonly isAnew?: boolean;
  /** Whether events that lie ahead of a clock of the data move it on. */
  readonly isReplay?: boolean;
  /** What was kept elsewhere is taken over first: from the files of the folder, or from NATS. */
  readonly takeFrom?: "files" | StoreAddress;
  /** Where models and events are kept, in place of the project's `.heptad/serve/`. */
  readonly state?: string;
  /** Where several services of the note keep what must not be lost; absent where this one keeps it in files. */
  readonly nats?: StoreAddress;
  readonly token?: string;
  /** Share of the units that the note's experiment is run on; absent where everybody gets the whole system. */
  readonly traffic?: number;
  /** Where the experiment lies among those of other services. */
  readonly layer?: Layer;
  /** Names under which it may be called besides its own. */
  readonly allowedHosts: readonly string[];
  /** Requests a second that one address may send; absent where there is no limit. */
  readonly callerRate?: number;
  /** A model that follows in the shadow from the start: its id, or the beginning of it. */
  readonly shadow?: string;
  /** Starts a run of the note, for its triggers; absent where they start none. */
  readonly improve?: () => Promise<void>;
  /** Where alerts are handed on to; absent where they are only said. */
  readonly webhook?: string;
  /** Milliseconds between two looks at the disk: what a loss of power may cost. */
  readonly flushEvery: number;
  readonly say: (message: string) => void;
  readonly onError: (message: string) => void;
}
