/** The live line of a run, rewritten in place: step, what is done, the time it has taken and the time it took before. */

import type { StageOutcome } from "../system/pipeline.ts";
import type { Stage } from "../system/stage.ts";
import type { Terminal } from "./terminal.ts";

export interface RunProgress {
  /** A stage begins; `expected` is how long it took before, `behind` how long those after it took, both in seconds. */
  start(stage: Pick<Stage, "step" | "title">, expected: number | undefined, behind?: number): void;
  /** What a stage says while it runs. */
  say(message: string, done?: number, total?: number): void;
  finish(outcome: Pick<StageOutcome, "seconds" | "cached"> & { readonly stage: Pick<Stage, "step"> }): void;
  /** Takes the line away and says in one line what all steps took. */
  close(): string;
}

const TICK = 500;
const LEAST_WORDS = 12;

/** `now` gives milliseconds. */
export function createRunProgress(
  terminal: Pick<Terminal, "progress" | "clearProgress" | "width">,
  now: () => number,
): RunProgress {
  const seconds = new Map<number, number>();
  let kept = 0;
  let ran = 0;
  let current:
    | {
        readonly step: number;
        readonly title: string;
        readonly since: number;
        readonly expected: number | undefined;
        readonly behind: number | undefined;
      }
    | undefined;
  let said = "";
  const draw = (): void => {
    if (current === undefined) return;
    const elapsed = (now() - current.since) / 1000;
    const { expected, behind } = current;
    // Longer than before, and before says nothing of when it ends.
    const isKnown = expected !== undefined && elapsed <= Math.ceil(expected);
    const all = isKnown && behind !== undefined ? expected - elapsed + behind : 0;
    const time = [
      `${Math.round(elapsed)} s${isKnown && expected >= 1 ? ` of about ${Math.ceil(expected)}` : ""}`,
      // Of the last stage, and of a moment, the stage's own time says it all.
      ...(all >= 1 && behind !== undefined && behind >= 1 ? [`about ${duration(all)} left`] : []),
    ].join(", ");
    const [step, what] = [`step ${current.step} of 7`, said === "" ? current.title : said];
    // Where the window is narrow the words are cut, and not the time. The last column stays empty.
    const room = Math.max(LEAST_WORDS, terminal.width - step.length - time.length - 5);
    terminal.progress(`${step}  ${what.length <= room ? what : `${what.slice(0, room - 1).trimEnd()}…`}  ${time}`);
  };
  const timer = setInterval(draw, TICK);
  timer.unref();
  return {
    start({ step, title }, expected, behind) {
      current = { step, title, since: now(), expected, behind };
      said = "";
      draw();
    },
    say(message, done, total) {
      const part =
        done === undefined || total === undefined || total <= 0 ? "" : ` ${Math.floor((100 * done) / total)}%`;
      said = `${message}${part}`;
      draw();
    },
    finish({ stage, seconds: took, cached }) {
      seconds.set(stage.step, (seconds.get(stage.step) ?? 0) + took);
      if (cached) kept++;
      else ran++;
    },
    close() {
      clearInterval(timer);
      current = undefined;
      terminal.clearProgress();
      if (ran === 0) return `steps 1 to 7: nothing has changed since an earlier run`;
      const steps = [...seconds].sort(([a], [b]) => a - b);
      const total = steps.reduce((sum, [, one]) => sum + one, 0);
      const each = steps.map(([, one]) => rounded(one)).join(", ");
      return `steps 1 to 7 in ${rounded(total)} s: ${each}${kept === 0 ? "" : `; ${kept} of ${kept + ran} stages kept from an earlier run`}`;
    },
  };
}

function duration(seconds: number): string {
  return seconds < 100 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

function rounded(value: number): string {
  return value >= 10 ? String(Math.round(value)) : value.toFixed(1);
}
