/** An interview that goes on: the clock, what is said, and the note that grows out of it. */

import { useState } from "react";
import { FailureLine } from "../../parts/failure.tsx";
import { Mark } from "../../parts/mark.tsx";
import { Clock } from "./clock.tsx";
import { type Command, Conversation } from "./conversation.tsx";
import { useTypedLine } from "./typed-line.ts";
import { useSitting } from "./use-sitting.ts";

export function Talk({ session }: { readonly session: string }) {
  const sitting = useSitting(session);
  const typed = useTypedLine(session);
  /** What was pressed while a line stood unsent: it is asked about first. */
  const [asked, setAsked] = useState<Command>();
  const { talk, wrong, loadedAt } = sitting;
  if (talk === undefined)
    return (
      <div className="sheet">
        <FailureLine wrong={wrong} />
      </div>
    );
  const press = (command: Command): void => {
    if (typed.line.text.trim() === "") void sitting.say(command.line);
    else setAsked(command);
  };
  return (
    <div className="s-during">
      <div className="iv">
        <Clock
          talk={talk}
          loadedAt={loadedAt}
          pause={sitting.pause}
          resume={sitting.resume}
          look={sitting.look}
          end={() => press({ line: "/end", does: "end" })}
        />
        <Conversation
          talk={talk}
          say={sitting.say}
          wrong={wrong}
          typed={typed}
          press={press}
          asked={asked}
          settled={() => setAsked(undefined)}
        />
        <section className="scratch" tabIndex={0} aria-label="Your note">
          <h2>
            Your note{" "}
            <span className="q3">
              {talk.phase === "sections" ? "you are asked about it at the end" : "done: you are asked about it"}
            </span>
          </h2>
          {talk.sections.map(({ number, title, text }) => (
            <div key={number} className={`sec${number === talk.step && talk.phase === "sections" ? " now" : ""}`}>
              <h3>
                <span className="q3">{number}</span> {title}
                {talk.changes.some(({ touches }) => touches.includes(number)) && (
                  <span className="touch">
                    <Mark state="open" /> touched by the change
                  </span>
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
