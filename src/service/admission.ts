/** One request at a time, in the order of arrival, also where its answer takes several turns of the loop; one that has waited or would wait longer than its budget allows is sent away at once. */

/** How a request was received. */
export type Admitted = { readonly isShed: false } | { readonly isShed: true; readonly retryAfter: number };

export interface AdmissionOptions {
  /** Seconds that a request may wait. */
  readonly limit: number;
  /** Monotonic seconds. */
  readonly now: () => number;
  /** Runs work once the arrivals of this moment have been read: `setImmediate`. */
  readonly later: (work: () => void) => void;
}

interface Waiting {
  readonly since: number;
  readonly settle: (admitted: Admitted) => void;
}

/** How much the newest service time counts in the running mean. */
const NEWEST = 0.05;
/** One request that was held up says little of those behind it: it counts as at most so many times the mean, or this many seconds. */
const MOST_TIMES = 4;
const ALWAYS_BELIEVED = 0.001;
/** Those behind a late one are few where their work together takes less than this share of the limit. */
const FEW = 0.1;

export class Admission {
  readonly #options: AdmissionOptions;
  readonly #queue: Waiting[] = [];
  #head = 0;
  #isPumping = false;
  #serviceTime = 0;
  #excused = Number.NEGATIVE_INFINITY;
  /** Answers that are not finished, though their turn is over: nobody else's begins. */
  #held = 0;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#queue.length - this.#head;
  }

  /** Settles when it is this request's turn, or when it is not worth waiting for. `since` is when it arrived. */
  enter(since: number): Promise<Admitted> {
    const wait = this.waiting * this.#serviceTime;
    if (wait > this.#options.limit && since > this.#excused)
      return Promise.resolve({ isShed: true, retryAfter: retryAfter(wait) });
    return new Promise((settle) => {
      this.#queue.push({ since, settle });
      if (this.#isPumping || this.#held > 0) return;
      this.#isPumping = true;
      this.#options.later(() => this.#pump());
    });
  }

  /** Whatever arrived up to this moment waits as long as it takes: the service itself held it up. Infinity while that lasts. */
  excuse(until: number): void {
    this.#excused = until;
  }

  /** Whether whoever came at this moment would be sent away: asked before a long body is read. */
  get isFull(): boolean {
    return this.waiting * this.#serviceTime > this.#options.limit && this.#options.now() > this.#excused;
  }

  /** The turn of a request lasts until its answer is there. */
  hold<T>(answer: Promise<T>): Promise<T> {
    this.#held++;
    const done = (): void => {
      this.#held--;
      if (this.#held > 0 || this.#isPumping || this.waiting === 0) return;
      this.#isPumping = true;
      this.#options.later(() => this.#pump());
    };
    return answer.finally(done);
  }

  /** Told how long the work of an admitted request took, in seconds. */
  took(seconds: number): void {
    const believed = Math.min(seconds, Math.max(ALWAYS_BELIEVED, MOST_TIMES * this.#serviceTime));
    this.#serviceTime += NEWEST * (believed - this.#serviceTime);
  }

  #pump(): void {
    const { limit, now, later } = this.#options;
    if (this.#held > 0) {
      this.#isPumping = false;
      return;
    }
    const next = this.#queue[this.#head++];
    if (next !== undefined) {
      const waited = now() - next.since;
      // Sent away for those behind it. A few who are answered at once wait no longer for it: the process was held up, and not by them.
      const isTooLate = waited > limit && this.waiting * this.#serviceTime > FEW * limit && next.since > this.#excused;
      next.settle(isTooLate ? { isShed: true, retryAfter: retryAfter(waited) } : { isShed: false });
    }
    if (this.#head === this.#queue.length) {
      this.#queue.length = 0;
      this.#head = 0;
      this.#isPumping = false;
    } else {
      later(() => this.#pump());
    }
  }
}

/** Whole seconds, as the header has them. */
function retryAfter(wait: number): number {
  return Math.max(1, Math.ceil(wait));
}
