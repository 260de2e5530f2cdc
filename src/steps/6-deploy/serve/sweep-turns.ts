/** Whose turn it is of lists that are looked at one after another, so that all are while a round passes. */

export class SweepTurns {
  #at = 0;
  /** How many are due to be looked at. */
  #due = 0;

  /** So that a round is a round however fast lists become more. */
  admitted(lists: number): void {
    this.#due += lists;
  }

  /** A part of a round has passed, of so many lists. */
  passed(part: number, lists: number): void {
    this.#due = Math.min(lists, this.#due + part * lists);
  }

  /** The next of so many lists; undefined where none is due. */
  take(lists: number): number | undefined {
    if (this.#due < 1) return undefined;
    this.#due--;
    this.#at = this.#at + 1 < lists ? this.#at + 1 : 0;
    return this.#at;
  }
}
