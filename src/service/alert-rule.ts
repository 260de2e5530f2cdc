/** A rule of Prometheus over the service's metrics, with the fault that must ring it. */

export interface AlertRule {
  readonly name: string;
  /** The alert of the note, by its path: `7.health[0]`. */
  readonly path: string;
  readonly expression: string;
  /** Seconds. */
  readonly holdsFor: number;
  /** Seconds of the longest window that the expression looks back over. */
  readonly window: number;
  readonly owner: string;
  readonly action: string;
  readonly severity: string;
  /** What breaks it, as series that replace those of a quiet service. */
  readonly fault: Readonly<Record<string, string>>;
  /** Series of its own in a quiet service, besides those that every service has. */
  readonly quiet?: Readonly<Record<string, string>>;
  /** Alerts on the same signal ring with it. */
  readonly signal: string;
}

/** Steps of a quiet service before the fault in a rule's test: more than the longest window looks back. */
export const QUIET_STEPS = 180;

/** What any drift rings. */
export const DRIFT = "drift";
