/** Sessions of interviews: what is kept decides where they go on. */

import { expect, test } from "vitest";
import { readProblem } from "../../node/problem-files.ts";
import type { Conduct } from "./conduct.ts";
import { foldEvents, type InterviewEvent, readEvents } from "./interview-event.ts";
import { type InterviewSession, resumeSession, takeSaid } from "./session.ts";

const conduct: Conduct = { problem: readProblem("ad-click-prediction"), review: () => [] };
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();

/** A log, as it would be on the disk, and the session that stands after the lines. */
function talk(lines: readonly string[]): { session: InterviewSession; log: InterviewEvent[] } {
  const log: InterviewEvent[] = [
    { type: "start", at: at(0), session: "s", problem: "ad-click-prediction", minutes: 45 },
  ];
  let session = resumed(log);
  for (const [i, line] of lines.entries()) {
    const turn = takeSaid(conduct, session, line, at(i + 1));
    log.push(...turn.events);
    session = turn.session;
  }
  return { session, log };
}

/** From the log alone, as after a kill. */
function resumed(log: readonly InterviewEvent[]): InterviewSession {
  const state = foldEvents(readEvents(log.map((event) => JSON.stringify(event)).join("\n")));
  if (state === undefined) throw new Error("the log begins with its start");
  return resumeSession(conduct, state);
}

test("at every moment the log alone gives the session that stands", () => {
  const lines = ["How fast must it be?", "goal: clicks", "/next", "log loss", "/end", "because", "", "", ""];
  for (let count = 0; count <= lines.length; count++) {
    const { session, log } = talk(lines.slice(0, count));
    expect(resumed(log)).toEqual(session);
  }
});

test("the end of the note is kept at once: before the first answer too, a killed session goes on with the questions", () => {
  const { session, log } = talk(["goal: clicks", "/end"]);
  expect(session.phase).toBe("probes");
  expect(log.at(-1)).toEqual({ type: "close", at: at(2) });
  const again = resumed(log);
  expect([again.phase, again.probes[0]?.question]).toEqual(["probes", session.probes[0]?.question]);
});

test("each line in the questions answers the one that stands, and after the last one nothing is taken any more", () => {
  const first = talk(["goal: clicks", "/end"]).session;
  const answers = first.probes.map((_, i) => (i % 2 === 0 ? `answer ${i}` : ""));
  const { session, log } = talk(["goal: clicks", "/end", ...answers]);
  expect(session.phase).toBe("ended");
  expect(session.state.probes.map(({ question, answer }) => [question, answer])).toEqual(
    first.probes.map(({ question }, i) => [question, answers[i]]),
  );
  expect(log.at(-1)?.type).toBe("end");
  expect(takeSaid(conduct, session, "more", at(59))).toEqual({ session, events: [], lines: [] });
});
