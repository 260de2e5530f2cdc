/** A challenger in the shadow of the model that serves: told and asked the same once it has answered, never in its way, and compared with it label by label. */

import { alwaysValid } from "../steps/6-deploy/experiment/always-valid.ts";
import { createRatioTally } from "../steps/6-deploy/rollout/ratio-tally.ts";
import { type Arrival, type Grade, type ServedSystem, unhurried } from "../system/served-system.ts";
import type { Json } from "../system/stage.ts";

/** A request that the model that serves has answered. */
export interface FollowedRequest {
  readonly path: string;
  /** With all that it left out. */
  readonly body: unknown;
  /** Seconds on the service's clock, and on the world's where the service's is the world's. */
  readonly moment: number;
  readonly arrival: Arrival;
  /** What its labels said of earlier answers of the model that serves. */
  readonly grades: readonly Grade[];
}

export interface ShadowReading {
  readonly id: string;
  readonly answered: number;
  /** Labelled cases that both had answered, and whose they were. */
  readonly pairs: number;
  readonly units: number;
  /** Mean loss of the model that serves less that of the challenger: above 0 the challenger is better. NaN before there are pairs enough. */
  readonly difference: number;
  /** Holds at every look; NaN before there are pairs enough. */
  readonly interval: readonly [number, number];
  readonly verdict: "too few labels" | "better" | "worse" | "not told apart";
  /** Why it follows no more; null while it does. */
  readonly ended: string | null;
}

export interface Shadow {
  readonly id: string;
  /** Returns at once; the work is done later, in the order of the calls. */
  follow(request: FollowedRequest): void;
  read(): ShadowReading;
  end(reason: string): void;
}

export interface ShadowOptions {
  readonly id: string;
  /** Opened anew: it becomes what `champion` remembers. */
  readonly challenger: ServedSystem;
  readonly champion: ServedSystem;
  /** Runs work once the answers of this moment are out: `setImmediate`. */
  readonly later: (work: () => void) => void;
  readonly onEnd: (reason: string) => void;
}

/** Requests that wait for it at most: it has to see all of them, or it remembers something else. */
const MOST_WAITING = 1000;
/** Pairs below which nothing is said. */
const LEAST_PAIRS = 200;
/** Loss that the comparison is quickest at, in nats of a case; chosen before any pair was seen. */
const TAU = 0.005;
const ALPHA = 0.05;
/** Units with a tally of their own; later ones share, which makes a cluster of them and is safe. */
const UNITS = 2 ** 16;

/** Throws a `FailureError` where the two do not remember alike. */
export function openShadow({ id, challenger, champion, later, onEnd }: ShadowOptions): Shadow {
  challenger.restore(champion.save());
  challenger.disownAnswers?.();
  const queue: FollowedRequest[] = [];
  const tally = createRatioTally(UNITS);
  const numbers = new Map<string, number>();
  const graded = new Set<string>();
  let [answered, pairs] = [0, 0];
  let ended: string | null = null;
  let isBusy = false;

  const end = (reason: string): void => {
    if (ended !== null) return;
    ended = reason;
    queue.length = 0;
    void challenger.close?.();
    onEnd(reason);
  };
  const compare = (serving: readonly Grade[], own: readonly Grade[]): void => {
    const losses = new Map(own.map((grade) => [grade.id, grade.loss]));
    for (const { id: of, unit, loss } of serving) {
      const other = losses.get(of);
      // A label that is taken back and told again says nothing new of the answer.
      if (other === undefined || graded.has(of)) continue;
      graded.add(of);
      const number = numbers.get(unit) ?? numbers.size % UNITS;
      numbers.set(unit, number);
      tally.add(number, loss - other, 1);
      pairs++;
    }
  };
  const work = (): void => {
    const next = queue.shift();
    isBusy = next !== undefined;
    if (next === undefined) return;
    try {
      const endpoint = challenger.endpoints.find(({ path }) => path === next.path);
      if (endpoint === undefined) throw new Error(`it answers no ${next.path}`);
      const answer = endpoint.answer(next.body, unhurried(next.moment, -1, next.arrival));
      answered++;
      compare(next.grades, answer.grades ?? []);
    } catch (error) {
      end(`it failed: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    later(work);
  };
  return {
    id,
    follow(request) {
      if (ended !== null) return;
      if (queue.length >= MOST_WAITING) {
        end(`it is slower than requests come: ${MOST_WAITING} waited for it`);
        return;
      }
      queue.push(request);
      if (isBusy) return;
      isBusy = true;
      later(work);
    },
    read() {
      const told = tally.read();
      const base = { id, answered, pairs, units: told?.units ?? 0, ended };
      if (told === undefined || pairs < LEAST_PAIRS)
        return { ...base, difference: Number.NaN, interval: [Number.NaN, Number.NaN], verdict: "too few labels" };
      const read = alwaysValid([{ effect: told.ratio, standardError: Math.sqrt(told.variance) }], TAU, ALPHA);
      if (!read.ok)
        return { ...base, difference: told.ratio, interval: [Number.NaN, Number.NaN], verdict: "not told apart" };
      const [{ interval }] = read.value;
      const verdict = interval[0] > 0 ? "better" : interval[1] < 0 ? "worse" : "not told apart";
      return { ...base, difference: told.ratio, interval, verdict };
    },
    end,
  };
}

/** For `/model`. */
export function describeShadow(reading: ShadowReading): Json {
  const number = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const { difference, interval, ...rest } = reading;
  return { ...rest, difference: number(difference), interval: interval.map(number) };
}
