/** What was asked and told in an interview, and the field for the next line. */

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { InterviewAnswer } from "../../answers/interview-answers.ts";
import type { Wrong } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { plural, sentence } from "../../parts/words.tsx";
import { type Choice, HeldLine } from "./held-line.tsx";
import type { TypedLine } from "./typed-line.ts";

/** What a button does to the interview, such as `/next`. */
export interface Command {
  readonly line: string;
  readonly does: "next" | "back" | "end" | "leave";
}

interface ConversationProps {
  readonly talk: InterviewAnswer;
  readonly say: (line: string) => Promise<boolean>;
  readonly wrong: Wrong | undefined;
  readonly typed: { readonly line: TypedLine; write(line: TypedLine): void; sent(text: string, meant: string): void };
  readonly press: (command: Command) => void;
  /** Pressed while a line stands unsent. */
  readonly asked: Command | undefined;
  readonly settled: () => void;
}

export function Conversation({ talk, say, wrong, typed, press, asked, settled }: ConversationProps) {
  const [isSending, setSending] = useState(false);
  const log = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const isProbing = talk.phase === "probes";
  const { text, meant } = typed.line;
  const here = placeOf(talk);
  /** Typed for something that is over: another tab, or a button, went on. */
  const isStray = text.trim() !== "" && meant !== here;
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every turn
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [talk.turns]);
  const run = async (...lines: readonly string[]): Promise<void> => {
    if (isSending) return;
    setSending(true);
    for (const line of lines) {
      if (!(await say(line))) break;
      // What a button does leaves the line as it is.
      if (line === text) typed.sent(line, here);
    }
    setSending(false);
    field.current?.focus();
  };
  const send = (): void => {
    if (text.trim() !== "" && !isStray && asked === undefined) void run(text);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || text.trim() === "") return;
    event.preventDefault();
    send();
  };
  const keepWriting = (): void => {
    settled();
    field.current?.focus();
  };
  const drop = (): void => typed.write({ text: "", meant: here });
  const stray: readonly Choice[] = [
    {
      says: isProbing ? "It answers this question" : `It goes into ${here}`,
      act: () => {
        typed.write({ text, meant: here });
        field.current?.focus();
      },
    },
    {
      says: "Leave it out",
      act: () => {
        drop();
        field.current?.focus();
      },
    },
  ];
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
                    <button className="lnk" type="button" onClick={() => void run("/not none")}>
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
              It touches {touches.length === 1 ? "section" : "sections"} {touches.join(" and ")}: go back, or say here
              what you would change.
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
          // What was understood, and what a change touches, stands above beside what it is about.
          .filter((one) => one.startsWith("(") && !/^\((?:understood|it touches) /u.test(one))
          .map((one) => (
            <p key={one} className="small q3">
              {one}
            </p>
          ))}
      </div>
      <div className="say">
        {asked !== undefined ? (
          <HeldLine
            text={text}
            why="You typed this and did not send it"
            choices={choicesOf(asked, talk, text).map(({ says, isSent, isTaken }) => ({
              says,
              act: () => {
                settled();
                if (isSent) return void run(text, asked.line);
                if (isTaken) typed.write({ text, meant: `section ${sectionAfter(asked, talk)}` });
                else drop();
                void run(asked.line);
              },
            }))}
            cancel={keepWriting}
          />
        ) : (
          isStray && (
            <HeldLine text={text} why={`You typed this for ${meant}, and the interview went on`} choices={stray} />
          )
        )}
        <label className="vh" htmlFor="line">
          {isProbing ? "Your answer" : "Write into the section, or ask"}
        </label>
        <textarea
          id="line"
          className="field"
          rows={2}
          ref={field}
          // As at a question of practice, the next thing to do is to type.
          autoFocus
          value={text}
          onKeyDown={onKey}
          // Whoever goes on typing sees what it is for.
          onChange={(event) => typed.write({ text: event.target.value, meant: here })}
        />
        <FailureLine wrong={wrong} />
        <p className="route">
          {isProbing ? (
            <span>answers the interviewer, {plural(talk.probesLeft, "question")} left</span>
          ) : text.trim().endsWith("?") ? (
            <span>asks the interviewer</span>
          ) : (
            <span>
              goes into <b>section {talk.step}</b> <span className="q3">end with ? to ask</span>
            </span>
          )}
          <span className="sp" />
          {isProbing ? (
            <button className="btn quiet" type="button" onClick={() => press({ line: "", does: "leave" })}>
              Leave it open
            </button>
          ) : (
            <>
              {talk.step > 1 && (
                <button className="btn quiet" type="button" onClick={() => press({ line: "/back", does: "back" })}>
                  Back
                </button>
              )}
              {talk.step < 7 && (
                <button className="btn" type="button" onClick={() => press({ line: "/next", does: "next" })}>
                  Next section
                </button>
              )}
            </>
          )}
          <button
            className="btn first"
            type="button"
            disabled={text.trim() === "" || isSending || isStray || asked !== undefined}
            onClick={send}
          >
            Send <kbd>Enter</kbd>
          </button>
        </p>
      </div>
    </section>
  );
}

/** What a line that is typed now is for. */
function placeOf({ phase, step, probe }: InterviewAnswer): string {
  return phase === "probes" ? `the question “${sentence(probe ?? "")}”` : `section ${step}`;
}

/** What may become of a line that stands unsent when a button is pressed: `isTaken` keeps it in the field. */
function choicesOf(
  command: Command,
  talk: InterviewAnswer,
  text: string,
): readonly { readonly says: string; readonly isSent: boolean; readonly isTaken: boolean }[] {
  const { does } = command;
  const { step } = talk;
  const first = text.trim().endsWith("?") ? "Ask it" : `Write it into section ${step}`;
  const sent = { isSent: true, isTaken: false };
  const dropped = { isSent: false, isTaken: false };
  if (does === "leave")
    return [
      { says: "Send it as the answer", ...sent },
      { says: "Leave it out, and the question open", ...dropped },
    ];
  if (does === "end")
    return [
      { says: `${first}, then end`, ...sent },
      { says: "Leave it out, and end", ...dropped },
    ];
  const to = sectionAfter(command, talk);
  return [
    { says: `${first}, then go to section ${to}`, ...sent },
    { says: `Take it along to section ${to}`, isSent: false, isTaken: true },
  ];
}

function sectionAfter({ does }: Command, { step }: InterviewAnswer): number {
  return does === "back" ? step - 1 : step + 1;
}
