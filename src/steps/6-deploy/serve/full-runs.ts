/** The full runs of all lists, in the order of their times; most lists have none. */

import { bytesOfRun, type FullRun } from "./full-run.ts";

const NONE: readonly FullRun[] = [];

export class FullRuns {
  readonly #runs = new Map<number, FullRun[]>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  has(list: number): boolean {
    return this.#runs.has(list);
  }

  of(list: number): readonly FullRun[] {
    return this.#runs.get(list) ?? NONE;
  }

  /** Behind the others of the list. */
  add(list: number, run: FullRun): void {
    const runs = this.#runs.get(list);
    if (runs === undefined) this.#runs.set(list, [run]);
    else runs.push(run);
    this.#bytes += bytesOfRun(run);
  }

  replace(list: number, at: number, run: FullRun): void {
    const runs = this.#runs.get(list);
    if (runs === undefined) throw new Error("the list has no full runs");
    this.#bytes += bytesOfRun(run) - bytesOfRun(runs[at]);
    runs[at] = run;
  }

  /** Takes the first of a list that ends before `horizon` away; undefined where none does. */
  takeBefore(list: number, horizon: number): FullRun | undefined {
    const runs = this.#runs.get(list);
    if (runs === undefined || !(runs[0].last < horizon)) return undefined;
    const [first] = runs.splice(0, 1);
    if (runs.length === 0) this.#runs.delete(list);
    this.#bytes -= bytesOfRun(first);
    return first;
  }

  /** Takes all of a list away. */
  remove(list: number): void {
    for (const run of this.of(list)) this.#bytes -= bytesOfRun(run);
    this.#runs.delete(list);
  }
}
