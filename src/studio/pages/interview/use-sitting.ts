/** One sitting in any number of tabs: each shows the same, follows what the others do, and tells that it is there. */

import { useEffect, useRef, useState } from "react";
import type { ClockAnswer, InterviewAnswer } from "../../answers/interview-answers.ts";
import { get, post, type Wrong, wrongOf } from "../../api.ts";
import { useEvents } from "../../parts/use-events.ts";
import { go } from "../../router.tsx";

/** A sign of life this often: the server counts the time between two of them. */
const TICK_MS = 15_000;
/** A clock that is off by more than this is set. */
const OFF_MINUTES = 2 / 60;

export interface Sitting {
  readonly talk: InterviewAnswer | undefined;
  /** When the clock of `talk` was right. */
  readonly loadedAt: number;
  readonly wrong: Wrong | undefined;
  /** False where it was not taken; the page then shows what stands there by now. */
  say(line: string): Promise<boolean>;
  pause(): void;
  resume(): void;
  /** Asks what the clock is by now. */
  look(): void;
}

export function useSitting(session: string): Sitting {
  const [shown, setShown] = useState<{ talk: InterviewAnswer; loadedAt: number }>();
  const [wrong, setWrong] = useState<Wrong>();
  const tab = useRef(Math.random().toString(36).slice(2, 12));
  const turns = useRef(-1);
  const isSaying = useRef(false);
  const show = (talk: InterviewAnswer): void => {
    // An answer that was overtaken by a later one.
    if (talk.turns < turns.current) return;
    setShown((before) => {
      const isSame = before?.talk.turns === talk.turns && talk.said.length === 0;
      return { talk: isSame ? { ...talk, said: before.talk.said } : talk, loadedAt: Date.now() };
    });
    turns.current = talk.turns;
    if (talk.phase === "ended") go(`/interview?score=${session}`, true);
  };
  const take = async (ask: Promise<InterviewAnswer>): Promise<boolean> => {
    try {
      show(await ask);
      setWrong(undefined);
      return true;
    } catch (error) {
      setWrong(wrongOf(error));
      return false;
    }
  };
  const load = (): Promise<boolean> => take(get<InterviewAnswer>("/api/interviews/one", { session }));
  const follow = (): void => {
    void get<InterviewAnswer>("/api/interviews/one", { session }).then(show, () => undefined);
  };
  /** Whoever comes back to the page goes on; where somebody asked for a pause, it stands until they go on. */
  const open = async (): Promise<void> => {
    await load();
    const before = turns.current;
    const clock = await tick();
    const isBack = clock !== undefined && !clock.running && clock.isAway && before >= 0;
    if (isBack && document.visibilityState === "visible")
      await take(post<InterviewAnswer>("/api/interviews/resume", { session }));
  };
  const tick = async (): Promise<ClockAnswer | undefined> => {
    try {
      const clock = await post<ClockAnswer>("/api/interviews/tick", { session, tab: tab.current });
      if (clock.turns > turns.current) follow();
      else setShown((before) => before && withClock(before, clock));
      return clock;
    } catch {
      // Said where a line cannot be sent: the time that nobody counted is none of the candidate's.
      return undefined;
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each session
  useEffect(() => {
    const leave = (): void => {
      void fetch("/api/interviews/leave", {
        method: "POST",
        body: JSON.stringify({ session, tab: tab.current }),
        headers: { "content-type": "application/json" },
        credentials: "same-origin",
        keepalive: true,
      }).catch(() => undefined);
    };
    const back = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) void open();
    };
    const seen = (): void => {
      if (document.visibilityState === "visible") void tick();
    };
    void open();
    const timer = setInterval(() => void tick(), TICK_MS);
    addEventListener("pagehide", leave);
    addEventListener("pageshow", back);
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearInterval(timer);
      removeEventListener("pagehide", leave);
      removeEventListener("pageshow", back);
      document.removeEventListener("visibilitychange", seen);
      leave();
    };
  }, [session]);
  useEvents(undefined, {
    interview: (told) => isOf(session, told) && (told.turns > turns.current ? follow() : void tick()),
    back: () => void (shown === undefined || wrong?.code === "away" ? open() : tick()),
  });
  return {
    talk: shown?.talk,
    loadedAt: shown?.loadedAt ?? 0,
    wrong,
    async say(line) {
      // Pressed twice it is said once.
      if (isSaying.current) return false;
      isSaying.current = true;
      const isTaken = await take(post<InterviewAnswer>("/api/interviews/line", { session, line, seen: turns.current }));
      isSaying.current = false;
      if (!isTaken) follow();
      return isTaken;
    },
    pause: () => void take(post<InterviewAnswer>("/api/interviews/pause", { session })),
    resume: () => void take(post<InterviewAnswer>("/api/interviews/resume", { session })),
    look: () => void tick(),
  };
}

/** The same talk with the server's clock, where the page's own ran off. */
function withClock(before: { talk: InterviewAnswer; loadedAt: number }, clock: ClockAnswer) {
  const { talk, loadedAt } = before;
  const shown = talk.left - (talk.running ? (Date.now() - loadedAt) / 60_000 : 0);
  if (talk.running === clock.running && Math.abs(shown - clock.left) < OFF_MINUTES) return before;
  // What the whole is off by belongs to the section that is open.
  const off = talk.left - clock.left;
  const times = talk.times.map((one) =>
    one.step === talk.step && talk.phase === "sections" ? { ...one, minutes: Math.max(0, one.minutes + off) } : one,
  );
  return { talk: { ...talk, ...clock, times }, loadedAt: Date.now() };
}

function isOf(session: string, told: unknown): told is { readonly turns: number } {
  if (typeof told !== "object" || told === null || !("session" in told) || !("turns" in told)) return false;
  return told.session === session && typeof told.turns === "number";
}
