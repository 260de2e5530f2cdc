/** A served system that outlives its process: what changes its memory is in a log before it is answered, and models change under it. */

import { type Failure, FailureError } from "../core/outcome.ts";
import { openWriteAheadLog, type WriteAheadLog } from "../node/write-ahead-log.ts";
import {
  keptArrival,
  type ServedAnswer,
  type ServedEndpoint,
  type ServedSystem,
  type Turn,
} from "../system/served-system.ts";
import { counted, recoverable } from "./replay-log.ts";
import { TallyTurns } from "./tally-turns.ts";

export interface DurableSystem {
  /** What answers at this moment. */
  readonly system: ServedSystem;
  /** What keeps it from remembering; undefined when all is well. */
  readonly problem: Failure | undefined;
  /** Entries since the last snapshot. */
  readonly logged: number;
  /**
   * Answers; what changes the memory is in the log first. Fails with a `FailureError` where it could not be put there: nothing was taken, or
   * what was taken is recognised when it is sent again.
   */
  answer(endpoint: ServedEndpoint, body: unknown, turn: Turn): ServedAnswer | Promise<ServedAnswer>;
  /**
   * Another model takes over with all that is remembered, but for what was answered: later labels say nothing of it. Throws a `FailureError`,
   * and leaves the old one, where the two do not remember alike.
   */
  swap(next: ServedSystem, id: string): void;
  /** Settles once the disk has every entry. */
  flush(): Promise<void>;
  snapshot(): void | Promise<void>;
  close(): void | Promise<void>;
}

/** One that keeps its log in a folder of its own, and is done with everything when it returns. */
export interface FolderSystem extends DurableSystem {
  answer(endpoint: ServedEndpoint, body: unknown, turn: Turn): ServedAnswer;
  forget(unit: string): number;
  snapshot(): void;
  close(): void;
}

/** When a snapshot is taken, and by whom. */
export interface SnapshotHabit {
  /** Entries between two snapshots at most. */
  readonly every?: number;
  /** Bytes of the log that are kept once a snapshot holds them: what memory is built from by other features. */
  readonly keepTold?: number;
  /**
   * Where it is given, memory comes to where the folder is by every entry of its log, and not by its snapshot, which is of other features. It is told
   * how many requests there were.
   */
  readonly onRetold?: (requests: number) => void;
  /** Makes one beside this process, of the logs up to an entry; absent where requests wait for it. Rejected, it is tried again later. */
  readonly makeAside?: (upTo: number) => Promise<unknown>;
  readonly onError?: (message: string) => void;
  /** Monotonic seconds, by which work is measured; default this process's. */
  readonly now?: () => number;
}

const SNAPSHOT_EVERY = 100_000;
/** A gigabyte of requests: some five million. */
const KEEP_TOLD = 1e9;
/** Seconds of work that reading the log again takes at most: whoever starts again waits for it. */
const MOST_WORK = 1;
/**
 * Seconds of work that may stand behind the last snapshot. A process beside this one takes as long to act on the log as this one took: where this one is
 * never idle, it comes to no end.
 */
const MOST_BEHIND = 3;
/** The process beside rests for this part of what its last snapshot took. */
const REST = 4;
/** So many times what the last snapshot here took is worked before another one is made here: requests wait for it. */
const WORK_TO_WAITING = 20;

/**
 * Brings a fresh system to where the folder left it. A new folder begins with what the system knows. Throws a `FailureError` for a folder
 * that is damaged, held by another process, or of other features.
 */
export function openDurableSystem(folder: string, first: ServedSystem, habit: SnapshotHabit = {}): FolderSystem {
  const { every: snapshotEvery = SNAPSHOT_EVERY, makeAside, onError = () => undefined } = habit;
  const { keepTold = KEEP_TOLD, onRetold, now = () => performance.now() / 1000 } = habit;
  const isFromFirst = onRetold !== undefined;
  let retold = 0;
  let system = first;
  let problem: Failure | undefined;
  let isDirty = false;
  const opening = now();
  const log: WriteAheadLog = openWriteAheadLog(
    folder,
    counted(
      recoverable(() => system, folder, isFromFirst),
      () => retold++,
    ),
    { keepTold, isFromFirst },
  );
  if (isFromFirst) {
    // What this system says to them now, nobody was answered.
    system.disownAnswers?.();
    log.snapshot();
    onRetold(retold);
  }
  // Without its snapshot, what the first model knew would be another model's after a restart.
  if (log.isEmpty) log.snapshot();
  let snapshotAt = snapshotEvery;
  /** Seconds that answering the entries since the last snapshot took. */
  let worked = log.length > 0 ? now() - opening : 0;
  const tallies = new TallyTurns();
  let [isMaking, isClosed, notBefore] = [false, false, 0];
  const attempt = (work: () => void): void => {
    try {
      work();
      problem = undefined;
    } catch (error) {
      problem = error instanceof FailureError ? error.failure : diskFailure(folder, error);
      throw new FailureError(problem);
    }
  };
  /** Snapshots made here, and how long the last one took. */
  let [madeHere, took] = [0, 0];
  let mostBehind = MOST_BEHIND;
  const snapshotNow = (): void => {
    const began = now();
    attempt(() => log.snapshot());
    madeHere++;
    took = now() - began;
    worked = 0;
  };
  const snapshotHere = (): void => {
    try {
      snapshotNow();
      mostBehind = Math.max(MOST_BEHIND, WORK_TO_WAITING * took);
    } catch {
      // `problem` says it.
      mostBehind = worked + MOST_BEHIND;
    }
  };
  /** The log still holds everything where it fails; it is tried again later. */
  const snapshotBeside = async (make: (upTo: number) => Promise<unknown>): Promise<void> => {
    const began = now();
    isMaking = true;
    const [workedBefore, madeBefore] = [worked, madeHere];
    try {
      const upTo = log.cut();
      await make(upTo);
      if (isClosed) return;
      log.adopt(upTo);
      if (madeHere === madeBefore) worked = Math.max(0, worked - workedBefore);
    } catch (error) {
      // What it reads is gone where a newer one was made here.
      if (isClosed || madeHere > madeBefore) return;
      onError(`no snapshot was made: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      isMaking = false;
      // What makes it has a processor of its own four fifths of the time at most: what is behind it, a restart waits for.
      const ended = now();
      notBefore = ended + (ended - began) / REST;
    }
  };
  const considerSnapshot = (): void => {
    if (makeAside !== undefined) {
      if (worked >= mostBehind) {
        snapshotHere();
        return;
      }
      const isDue = log.length >= snapshotEvery || worked >= MOST_WORK;
      if (isDue && !isMaking && now() >= notBefore) void snapshotBeside(makeAside);
      return;
    }
    if (log.length < snapshotAt) return;
    try {
      snapshotNow();
      snapshotAt = snapshotEvery;
    } catch {
      // `problem` says it.
      snapshotAt = log.length + snapshotEvery;
    }
  };
  return {
    get system() {
      return system;
    },
    get problem() {
      return problem;
    },
    get logged() {
      return log.length;
    },
    answer(endpoint, body, turn) {
      if (!endpoint.remembers) return endpoint.answer(body, turn);
      const tally = tallies.due(system);
      attempt(() => log.append({ path: endpoint.path, body, ...keptArrival(turn), ...(tally && { tally }) }));
      tallies.logged(tally !== undefined);
      isDirty = true;
      const began = now();
      const answer = endpoint.answer(body, turn);
      const seconds = now() - began;
      worked += seconds;
      tallies.answered(seconds);
      considerSnapshot();
      return answer;
    },
    swap(next, id) {
      next.restore(system.save());
      // At its place among the entries: after a restart labels say nothing of another model's answers either.
      const tally = system.retelling?.tally();
      attempt(() => log.append({ model: id, ...(tally && { tally }) }));
      isDirty = true;
      system = next;
      system.disownAnswers?.();
    },
    forget(unit) {
      const gone = system.forget?.(unit) ?? 0;
      // A new log begins, and no old one is kept: also where only the log knew, since what was refused is in it too.
      attempt(() => log.snapshotAlone());
      worked = 0;
      return gone;
    },
    async flush() {
      if (!isDirty) return;
      isDirty = false;
      try {
        await log.flushBeside();
      } catch (error) {
        isDirty = true;
        problem = diskFailure(folder, error);
        throw new FailureError(problem);
      }
    },
    snapshot: snapshotNow,
    close() {
      isClosed = true;
      try {
        if (log.length > 0) log.snapshot();
      } finally {
        log.close();
      }
    },
  };
}

function diskFailure(folder: string, error: unknown): Failure {
  return {
    code: "unwritable-log",
    message: `the log cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    where: folder,
    fix: "make room on the disk, and give the service the right to write there; it tries again with every event",
  };
}
