/** A question that stands: its values, the answer as it is read while it is typed, how sure, hints, and the ticks of a free text. */

import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { AnsweredAnswer, AskedAnswer } from "../../answers/practice-answers.ts";
import { post, type Wrong, wrongOf } from "../../api.ts";
import { FailureLine } from "../../parts/failure.tsx";
import { dropText, keepText, keptText } from "../../parts/kept-text.ts";
import { KeyOf } from "../../parts/key-of.tsx";
import { useActions } from "../../parts/use-actions.ts";
import { plural, sentence, Words } from "../../parts/words.tsx";
import { type Option, Options, optionsOf } from "./options.tsx";
import { Rubric } from "./rubric.tsx";
import { useTimeSpent } from "./use-time-spent.ts";

const SURE = [
  { action: "sure25", value: 0.25, text: "25 %", word: "a guess" },
  { action: "sure50", value: 0.5, text: "50 %", word: "a coin" },
  { action: "sure70", value: 0.7, text: "70 %", word: "" },
  { action: "sure85", value: 0.85, text: "85 %", word: "" },
  { action: "sure95", value: 0.95, text: "95 %", word: "certain" },
];

interface QuestionProps {
  readonly asked: AskedAnswer;
  readonly hint: () => void;
  readonly answered: (answer: AnsweredAnswer) => void;
}

interface ReadAnswer {
  readonly read: string | null;
  readonly why?: string;
  readonly inBase?: { readonly mantissa: string; readonly exponent: string; readonly unit: string } | null;
  readonly notes?: readonly string[];
}

export function Question({ asked, hint, answered }: QuestionProps) {
  const keep = `practice:${asked.id}`;
  const [typed, setTyped] = useState(keptText(keep) ?? "");
  const [sure, setSure] = useState<number>();
  const [lastRead, setRead] = useState<ReadAnswer & { readonly of: string }>();
  const [wrong, setWrong] = useState<Wrong>();
  const [rubric, setRubric] = useState<AnsweredAnswer>();
  const [isSending, setSending] = useState(false);
  const options = asked.kind === "choose" || asked.kind === "diagnose" ? optionsOf(asked.lines) : [];
  const timeSpent = useTimeSpent(asked.id);
  const isLong = asked.kind === "explain" || asked.kind === "design";
  const latest = useRef("");
  // What was read of another text says nothing of this one.
  const read = lastRead?.of === typed ? lastRead : undefined;
  const type = (text: string): void => {
    // As at the terminal: a question mark alone asks for a hint.
    if (text === "?" && asked.hintsLeft > 0) {
      hint();
      return;
    }
    setTyped(text);
    keepText(keep, text);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is read again, nothing else
  useEffect(() => {
    latest.current = typed;
    if (!asked.canRead || typed.trim() === "") return setRead(undefined);
    const timer = setTimeout(async () => {
      try {
        const answer = await post<ReadAnswer>("/api/practice/read", { question: asked.id, typed });
        if (latest.current === typed) setRead({ ...answer, of: typed });
      } catch {
        // What could not be read says nothing of a later text.
        if (latest.current === typed) setRead(undefined);
      }
    }, 120);
    return () => clearTimeout(timer);
  }, [typed]);
  const send = async (text: string, ticks?: readonly boolean[]): Promise<void> => {
    if (isSending) return;
    setSending(true);
    try {
      const answer = await post<AnsweredAnswer>("/api/practice/answer", {
        question: asked.id,
        typed: text,
        confidence: sure,
        ticks,
        seconds: timeSpent.seconds(),
      });
      if (answer.rubric !== undefined) setRubric(answer);
      else {
        dropText(keep);
        timeSpent.drop();
        answered(answer);
      }
      setWrong(undefined);
    } catch (error) {
      setWrong(wrongOf(error));
    } finally {
      setSending(false);
    }
  };
  useActions({
    hint: asked.hintsLeft > 0 ? hint : undefined,
    leaveOpen: () => void send(""),
    ...(asked.isTimed ? {} : Object.fromEntries(SURE.map(({ action, value }) => [action, () => setSure(value)]))),
  });
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (typed.trim() !== "") void send(/^[-−]$/u.test(typed.trim()) ? "" : typed);
      }}
    >
      <p className="meta">
        <span>{asked.area}</span>
        <span>
          level {asked.level}, {asked.kind}
        </span>
        <span>about {plural(asked.minutes, "minute")}</span>
        <span>{asked.reason}</span>
      </p>
      <h1 className={asked.lines.length > 6 ? "long" : undefined}>{asked.ask}</h1>
      {asked.given.length > 0 && (
        <dl className="given">
          {asked.given.map(({ name, text }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      <Lines asked={asked} without={options} />
      {options.length > 0 && (
        <Options
          options={options}
          isMany={asked.many}
          typed={typed}
          choose={(text) => {
            setTyped(text);
            keepText(keep, text);
          }}
        />
      )}
      <div className="ans">
        <label className="label" htmlFor="answer">
          {sentence(asked.prompt)}
        </label>
        {isLong ? (
          <textarea
            id="answer"
            className="input"
            rows={7}
            value={typed}
            onChange={(event) => type(event.target.value)}
            onKeyDown={answerByKeys}
          />
        ) : (
          <input
            id="answer"
            className="field"
            type="text"
            autoFocus
            autoComplete="off"
            value={typed}
            onChange={(event) => type(event.target.value)}
          />
        )}
        <p className="read" role="status">
          {read?.read != null && (
            <>
              reads as <b>{read.read}</b>
              {read.inBase != null && (
                <>
                  , that is {read.inBase.mantissa} × 10<sup>{read.inBase.exponent}</sup>
                  {read.inBase.unit === "" ? "" : ` ${read.inBase.unit}`}
                </>
              )}
              <span className="q3">
                <Words>{read.notes?.join("; ") ?? ""}</Words>
              </span>
            </>
          )}
          {read?.read === null && read.why !== undefined && (
            <span className="q3">
              <Words>{read.why}</Words>
            </span>
          )}
        </p>
      </div>
      {!asked.isTimed && (
        <fieldset>
          <legend className="label">How sure are you?</legend>
          <div className="seg">
            {SURE.map(({ value, text, word }) => (
              <label key={value}>
                <input type="radio" name="sure" checked={sure === value} onChange={() => setSure(value)} />
                <span>
                  <b>{text}</b> {word !== "" && <small>{word}</small>}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {asked.hints.map((text) => (
        <p key={text} className="hint">
          {sentence(text)}
        </p>
      ))}
      <FailureLine wrong={wrong} />
      {rubric?.rubric !== undefined ? (
        <Rubric
          points={rubric.rubric}
          misconceptions={rubric.misconceptions ?? []}
          done={(ticks) => void send(typed, ticks)}
        />
      ) : (
        <p className="acts">
          <button className="btn first" type="submit" disabled={typed.trim() === "" || isSending}>
            Answer <kbd>{isLong ? "Ctrl Enter" : "Enter"}</kbd>
          </button>
          {asked.hintsLeft > 0 && (
            <button className="btn" type="button" onClick={hint}>
              Hint, costs a quarter <KeyOf action="hint" />
            </button>
          )}
          <button className="btn quiet" type="button" onClick={() => void send("")}>
            Leave open <KeyOf action="leaveOpen" />
          </button>
        </p>
      )}
    </form>
  );
}

/** In a text of several lines Enter begins the next one, unless all that stands there leaves the question open. */
function answerByKeys(event: KeyboardEvent<HTMLTextAreaElement>): void {
  const { value, form } = event.currentTarget;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || /^[-−]$/u.test(value.trim()))) return;
  event.preventDefault();
  form?.requestSubmit();
}

/** Options, items, a note to read: what the question shows below its sentence. */
function Lines({ asked, without }: { readonly asked: AskedAnswer; readonly without: readonly Option[] }) {
  const own = new Set([...asked.ask.split("\n"), ...asked.given.map(({ name, text }) => `  ${name}: ${text}`)]);
  const lines = asked.lines.filter((line) => !own.has(line) && !without.some((option) => option.line === line));
  if (lines.length === 0) return null;
  return (
    <pre className="options" tabIndex={0}>
      {lines.map((line) => line.replace(/^ {2}/u, "")).join("\n")}
    </pre>
  );
}
