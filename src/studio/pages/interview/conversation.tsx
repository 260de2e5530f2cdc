/** What was asked and told in an interview, and the field for the next line. */

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { InterviewAnswer } from "../../answers/interview-answers.ts";
import type { Wrong } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { dropText, keepText, keptText } from "../../parts/kept-text.ts";
import { plural, sentence } from "../../parts/words.tsx";

interface ConversationProps {
  readonly talk: InterviewAnswer;
  readonly say: (line: string) => Promise<boolean>;
  readonly wrong: Wrong | undefined;
}

export function Conversation({ talk, say, wrong }: ConversationProps) {
  const keep = `interview:${talk.session}`;
  const [line, setLine] = useState(keptText(keep) ?? "");
  const [isSending, setSending] = useState(false);
  const log = useRef<HTMLDivElement>(null);
  const isProbing = talk.phase === "probes";
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every turn
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [talk]);
  const send = async (text: string): Promise<void> => {
    if (isSending) return;
    setSending(true);
    if (await say(text)) {
      dropText(keep);
      setLine("");
    }
    setSending(false);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || line.trim() === "") return;
    event.preventDefault();
    void send(line);
  };
  return (
    <section className="talk" aria-label="The interview">
      <h1 className="vh">{talk.title}</h1>
      <p className="prompt">“{talk.prompt}”</p>
      <div className="log" ref={log} tabIndex={0} role="log" aria-label="What was said">
        {talk.asked.map(({ text, fact, answer }, i) => (
          <div key={i}>
            <div className="turn you">
              <p>{text}</p>
            </div>
            <div className="turn they">
              <p>
                {answer ??
                  "I cannot tell which figure you ask for. Ask in other words, or make an assumption and write it down."}
              </p>
              {fact !== null && (
                <p className="small q3">
                  understood as {fact.replaceAll("-", " ")}{" "}
                  {i === talk.asked.length - 1 && (
                    <button className="lnk" type="button" onClick={() => void send("/not none")}>
                      I meant another fact
                    </button>
                  )}
                </p>
              )}
            </div>
          </div>
        ))}
        {talk.changes.map(({ say: said, touches }) => (
          <div key={said} className="break">
            <p className="label">One moment, something has changed</p>
            <p>{said}</p>
            <p className="small q2">
              It touches section {touches.join(" and ")}: go back, or say here what you would change.
            </p>
          </div>
        ))}
        {talk.probes.map(({ question, answer }) => (
          <div key={question}>
            <div className="turn they">
              <p>{sentence(question)}</p>
            </div>
            <div className="turn you">
              <p>{answer === "" ? "left open" : answer}</p>
            </div>
          </div>
        ))}
        {talk.probe !== null && (
          <div className="turn they">
            <p>{sentence(talk.probe)}</p>
          </div>
        )}
        {talk.said
          .filter((one) => one.startsWith("(") && !one.startsWith("(understood"))
          .map((one) => (
            <p key={one} className="small q3">
              {one}
            </p>
          ))}
      </div>
      <div className="say">
        <label className="vh" htmlFor="line">
          {isProbing ? "Your answer" : "Write into the section, or ask"}
        </label>
        <textarea
          id="line"
          className="field"
          rows={2}
          // As at a question of practice, the next thing to do is to type.
          autoFocus
          value={line}
          onKeyDown={onKey}
          onChange={(event) => {
            setLine(event.target.value);
            keepText(keep, event.target.value);
          }}
        />
        <FailureLine wrong={wrong} />
        <p className="route">
          {isProbing ? (
            <span>answers the interviewer, {plural(talk.probesLeft, "question")} left</span>
          ) : line.trim().endsWith("?") ? (
            <span>asks the interviewer</span>
          ) : (
            <span>
              goes into <b>section {talk.step}</b> <span className="q3">end with ? to ask</span>
            </span>
          )}
          <span className="sp" />
          {isProbing ? (
            <button className="btn quiet" type="button" onClick={() => void send("")}>
              Leave it open
            </button>
          ) : (
            <>
              {talk.step > 1 && (
                <button className="btn quiet" type="button" onClick={() => void send("/back")}>
                  Back
                </button>
              )}
              {talk.step < 7 && (
                <button className="btn" type="button" onClick={() => void send("/next")}>
                  Next section
                </button>
              )}
            </>
          )}
          <button
            className="btn first"
            type="button"
            disabled={line.trim() === "" || isSending}
            onClick={() => void send(line)}
          >
            Send <kbd>Enter</kbd>
          </button>
        </p>
      </div>
    </section>
  );
}
