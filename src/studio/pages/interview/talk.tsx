/** The interview as it goes on: its clock, what is said, and the note in seven sections. */

import { useCallback, useEffect, useState } from "react";
import type { InterviewAnswer } from "../../answers/interview-answers.ts";
import { AWAY, get, post, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { useEvents } from "../../parts/use-events.ts";
import { go } from "../../router.tsx";
import { Clock } from "./clock.tsx";
import { Conversation } from "./conversation.tsx";

export function Talk({ session }: { readonly session: string }) {
  const [talk, setTalk] = useState<InterviewAnswer>();
  const [wrong, setWrong] = useState<Wrong>();
  const [isPaused, setPaused] = useState(true);
  const [loadedAt, setLoadedAt] = useState(0);
  const slept = useCallback(() => setPaused(true), []);
  const take = async (ask: () => Promise<InterviewAnswer>): Promise<boolean> => {
    try {
      const next = await ask();
      setTalk(next);
      setLoadedAt(Date.now());
      setWrong(undefined);
      if (next.phase === "ended") go(`/interview?score=${next.session}`, true);
      return true;
    } catch (error) {
      setWrong(wrongOf(error));
      return false;
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each session
  useEffect(() => {
    void take(() => get<InterviewAnswer>("/api/interviews/one", { session }));
  }, [session]);
  // The clock of what is shown goes on: it is asked again only where the server did not answer.
  useEvents(undefined, {
    back: () => wrong?.code === AWAY.code && void take(() => get<InterviewAnswer>("/api/interviews/one", { session })),
  });
  if (talk === undefined)
    return (
      <div className="sheet">
        <FailureLine wrong={wrong} />
      </div>
    );
  const resume = async (): Promise<void> => {
    if (await take(() => post<InterviewAnswer>("/api/interviews/resume", { session }))) setPaused(false);
  };
  const say = async (line: string): Promise<boolean> => {
    if (isPaused && !(await take(() => post<InterviewAnswer>("/api/interviews/resume", { session })))) return false;
    setPaused(false);
    return take(() => post<InterviewAnswer>("/api/interviews/line", { session, line }));
  };
  return (
    <div className="s-during">
      <div className="iv">
        <Clock
          talk={talk}
          isPaused={isPaused}
          loadedAt={loadedAt}
          pause={async () => {
            // The clock stands still from here: the time up to now is kept, what follows begins with the next word.
            if (await take(() => post<InterviewAnswer>("/api/interviews/line", { session, line: "/pause" })))
              setPaused(true);
          }}
          resume={resume}
          slept={slept}
          end={() => void say("/end")}
        />
        <Conversation talk={talk} say={say} wrong={wrong} />
        <section className="scratch" aria-label="Your note">
          <h2>
            Your note <span className="q3">reviewed while you speak; you are asked about it at the end</span>
          </h2>
          {talk.sections.map(({ number, title, text }) => (
            <div key={number} className={`sec${number === talk.step && talk.phase === "sections" ? " now" : ""}`}>
              <h3>
                <span className="q3">{number}</span> {title}
                {talk.changes.some(({ touches }) => touches.includes(number)) && (
                  <span className="touch">◐ touched by the change</span>
                )}
              </h3>
              {text.split("\n").map((line, i) => line !== "" && <p key={`${i} ${line}`}>{line}</p>)}
            </div>
          ))}
        </section>
      </div>
    </div>
  );
}
