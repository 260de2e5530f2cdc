/** Hands alerts on to a webhook, in the form of Alertmanager's: tried a few times, later and later, and never in anybody's way. */

import type { AlertNews } from "./alert-watch.ts";

export interface AlertSenderOptions {
  /** The note's title. */
  readonly title: string;
  /** Gives the status of the answer; rejects where there is none. */
  readonly post: (body: string) => Promise<number>;
  /** Runs work after so many seconds. */
  readonly later: (work: () => void, seconds: number) => void;
  readonly onResult: (result: "sent" | "lost", why: string) => void;
}

export interface AlertSender {
  /** Returns at once. */
  send(news: readonly AlertNews[]): void;
  readonly waiting: number;
}

const TRIES = 5;
/** Messages that wait at most; the oldest goes first. */
const MOST_WAITING = 100;

export function openAlertSender({ title, post, later, onResult }: AlertSenderOptions): AlertSender {
  const queue: string[] = [];
  let isBusy = false;
  const next = (): void => {
    const body = queue.shift();
    isBusy = body !== undefined;
    if (body !== undefined) attempt(body, 1);
  };
  const attempt = (body: string, tried: number): void => {
    const failed = (why: string, isFinal: boolean): void => {
      if (isFinal || tried >= TRIES) {
        onResult("lost", `${why}, after ${tried} ${tried === 1 ? "try" : "tries"}`);
        next();
      } else {
        later(() => attempt(body, tried + 1), 2 ** (tried - 1));
      }
    };
    post(body).then(
      (status) => {
        if (status >= 200 && status < 300) {
          onResult("sent", "");
          next();
          // What the other side calls wrong is wrong again; it may only be asked to wait.
        } else failed(`it answers ${status}`, status >= 300 && status < 500 && status !== 408 && status !== 429);
      },
      (error) => failed(error instanceof Error ? error.message : String(error), false),
    );
  };
  return {
    send(news) {
      if (news.length === 0) return;
      queue.push(messageOf(title, news));
      while (queue.length > MOST_WAITING) {
        queue.shift();
        onResult("lost", `more than ${MOST_WAITING} wait`);
      }
      if (!isBusy) next();
    },
    get waiting() {
      return queue.length + Number(isBusy);
    },
  };
}

/** Nothing of a request or a person is in it. */
function messageOf(title: string, news: readonly AlertNews[]): string {
  const moment = (seconds: number): string => new Date(1000 * seconds).toISOString();
  return JSON.stringify({
    version: "4",
    status: news.some(({ isRinging }) => isRinging) ? "firing" : "resolved",
    receiver: "heptad",
    groupLabels: { design: title },
    commonLabels: { design: title },
    alerts: news.map(({ alert, isRinging, began, ended }) => ({
      status: isRinging ? "firing" : "resolved",
      labels: { alertname: alert.metric, path: alert.path, severity: alert.severity, owner: alert.owner },
      annotations: { condition: alert.condition, value: String(alert.value ?? ""), action: alert.action },
      startsAt: moment(began),
      endsAt: ended === null ? "0001-01-01T00:00:00Z" : moment(ended),
      fingerprint: alert.path,
    })),
  });
}
