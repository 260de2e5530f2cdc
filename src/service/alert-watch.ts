/** The note's alerts watched by the service itself: told of its metrics from time to time, says which alerts began and which ended. Pure. */

import type { Design } from "../steps/design.ts";
import { type LiveAlert, liveAlerts } from "./live-alerts.ts";
import { type Look, withLook } from "./live-look.ts";

/** An alert that has begun to ring, or has ended. */
export interface AlertNews {
  readonly alert: LiveAlert;
  readonly isRinging: boolean;
  /** Seconds: when it began, and when it ended. */
  readonly began: number;
  readonly ended: number | null;
}

export interface AlertWatch {
  /** Takes a look; gives what has changed since the last. */
  look(look: Look): readonly AlertNews[];
  /** Paths of the alerts that ring. */
  readonly ringing: readonly string[];
}

export function openAlertWatch(design: Design): AlertWatch {
  let looks: readonly Look[] = [];
  const since = new Map<string, number>();
  const ringing = new Map<string, AlertNews>();
  return {
    look(look) {
      looks = withLook(looks, look);
      const news: AlertNews[] = [];
      for (const alert of liveAlerts(design, looks, since)) {
        const before = ringing.get(alert.path);
        if (alert.state === "fires" && before === undefined) {
          const begun = { alert, isRinging: true, began: look.at, ended: null };
          ringing.set(alert.path, begun);
          news.push(begun);
        } else if (alert.state !== "fires" && before !== undefined) {
          ringing.delete(alert.path);
          news.push({ alert, isRinging: false, began: before.began, ended: look.at });
        }
      }
      return news;
    },
    get ringing() {
      return [...ringing.keys()];
    },
  };
}
