import { expect, it } from "vitest";
import { openAlertSender } from "./alert-sender.ts";
import type { AlertNews } from "./alert-watch.ts";

const news = (metric: string): AlertNews => ({
  alert: {
    path: "7.health[0]",
    metric,
    condition: "> 1%",
    state: "fires",
    value: 0.02,
    unit: "share",
    why: "",
    action: "roll back",
    owner: "on-call",
    severity: "page",
  },
  isRinging: true,
  began: 1_700_000_000,
  ended: null,
});

/** A webhook that answers what it is told to, and a clock that goes on when it is told to. */
function world(answers: (number | Error)[]) {
  const sent: { alerts: { labels: Record<string, string>; startsAt: string }[]; status: string }[] = [];
  const waits: { work: () => void; seconds: number }[] = [];
  const results: string[] = [];
  const sender = openAlertSender({
    title: "Movies",
    async post(body) {
      sent.push(JSON.parse(body));
      const answer = answers.shift() ?? 200;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    later: (work, seconds) => waits.push({ work, seconds }),
    onResult: (result, why) => results.push(why === "" ? result : `${result}: ${why}`),
  });
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  return { sender, sent, waits, results, settle };
}

it("hands an alert on once, with its owner and what to do, and nothing where nothing is new", async () => {
  const { sender, sent, results, settle } = world([]);
  sender.send([]);
  sender.send([news("errors")]);
  await settle();
  expect(results).toEqual(["sent"]);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    status: "firing",
    alerts: [
      {
        labels: { alertname: "errors", severity: "page", owner: "on-call" },
        annotations: { action: "roll back", condition: "> 1%" },
        startsAt: "2023-11-14T22:13:20.000Z",
      },
    ],
  });
  expect(sender.waiting).toBe(0);
});

it("tries again later and later, five times at most, and the next message goes on behind", async () => {
  const gone = new Error("refused");
  const { sender, sent, waits, results, settle } = world([gone, 503, 429, gone, 500, 200]);
  sender.send([news("first")]);
  sender.send([news("second")]);
  await settle();
  for (let i = 0; i < 4; i++) {
    waits[i].work();
    await settle();
  }
  expect(waits.map(({ seconds }) => seconds)).toEqual([1, 2, 4, 8]);
  expect(results).toEqual(["lost: it answers 500, after 5 tries", "sent"]);
  expect(sent.map(({ alerts }) => alerts[0].labels.alertname)).toEqual([...Array(5).fill("first"), "second"]);
});

it("does not ask again what the other side calls wrong, and keeps no more than a hundred messages", async () => {
  const { sender, results, settle } = world([404]);
  for (let i = 0; i < 103; i++) sender.send([news(`n${i}`)]);
  expect(sender.waiting).toBe(101);
  expect(results).toEqual(["lost: more than 100 wait", "lost: more than 100 wait"]);
  await settle();
  expect(results[2]).toBe("lost: it answers 404, after 1 try");
});
