/** A request by hand: the service's own example to begin with, edited and sent, and the last answers below each other. */

import { useEffect, useRef, useState } from "react";
import { post, type Wrong, wrongOf } from "../../../api.ts";
import { FailureLine } from "../../../parts/failure.tsx";
import { keepText, keptText } from "../../../parts/kept-text.ts";
import { Words } from "../../../parts/words.tsx";
import type { HandAnswer, OfferedEndpoint } from "../../../serve-answers.ts";
import { AnswerView } from "./answer-view.tsx";
import { bodyOf, exampleValues, type FormField, formOf, type RequestForm } from "./request-form.ts";

/** So many answers stay on the page. */
const MOST_ANSWERS = 8;
/** After the last key, before an answer is asked for by itself. */
const WATCH_MS = 250;

interface Asked {
  readonly number: number;
  readonly body: string;
  readonly answer: HandAnswer;
}

export function RequestByHand({
  path,
  endpoints,
}: {
  readonly path: string;
  readonly endpoints: readonly OfferedEndpoint[];
}) {
  const [chosen, setChosen] = useState(endpoints[0].path);
  const endpoint = endpoints.find((one) => one.path === chosen) ?? endpoints[0];
  return (
    <section aria-label="A request by hand">
      <h2>A request by hand</h2>
      {endpoints.length > 1 && (
        <p className="kinds">
          {endpoints.map((one) => (
            <button
              key={one.path}
              type="button"
              className="lnk mono"
              aria-pressed={one.path === endpoint.path}
              onClick={() => setChosen(one.path)}
            >
              {one.path}
            </button>
          ))}
        </p>
      )}
      <p className="small q2">
        <Words>{endpoint.summary}</Words>.{" "}
        {endpoint.remembers
          ? "The service remembers what it is told here, as it would from anybody."
          : "It is asked anew at every change; nothing is remembered."}
      </p>
      <Request key={endpoint.path} path={path} endpoint={endpoint} />
    </section>
  );
}

function Request({ path, endpoint }: { readonly path: string; readonly endpoint: OfferedEndpoint }) {
  const form = formOf(endpoint.request);
  const keep = `hand:${path}:${endpoint.path}`;
  const [text, setText] = useState(() => keptText(keep) ?? JSON.stringify(endpoint.example, null, 2));
  const [asked, setAsked] = useState<readonly Asked[]>([]);
  const [wrong, setWrong] = useState<Wrong>();
  const count = useRef(0);
  const send = async (body: string): Promise<void> => {
    count.current++;
    const number = count.current;
    try {
      const answer = await post<HandAnswer>("/api/serve/ask", { endpoint: endpoint.path, body });
      setWrong(undefined);
      setAsked((before) =>
        [{ number, body, answer }, ...before].toSorted((a, b) => b.number - a.number).slice(0, MOST_ANSWERS),
      );
      if (endpoint.remembers) setText(withFreshId(body));
    } catch (error) {
      setWrong(wrongOf(error));
    }
  };
  const change = (next: string): void => {
    setText(next);
    keepText(keep, next);
  };
  const isWatched = !endpoint.remembers;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked by the text alone
  useEffect(() => {
    if (!isWatched) return;
    const timer = setTimeout(() => void send(text), WATCH_MS);
    return () => clearTimeout(timer);
  }, [text, isWatched]);
  return (
    <form
      className="by-hand"
      onSubmit={(event) => {
        event.preventDefault();
        void send(text);
      }}
    >
      {form === undefined ? (
        <JsonField text={text} change={change} />
      ) : (
        <Fields form={form} text={text} change={change} />
      )}
      <p className="acts">
        <button className={endpoint.remembers ? "btn first" : "btn"} type="submit">
          {endpoint.remembers ? "Send" : "Ask again"}
        </button>
      </p>
      <FailureLine wrong={wrong} />
      <div role="status">
        {asked.map(({ number, body, answer }, i) => (
          <AnswerView key={number} body={body} answer={answer} isNewest={i === 0} />
        ))}
      </div>
    </form>
  );
}

/** Something that is sent again under its own id is answered as before: each sending is another one. */
function withFreshId(body: string): string {
  const fresh = `by-hand-${Date.now().toString(36)}`;
  return body.replace(/("id"\s*:\s*)"[^"]*"/u, (_, head: string) => `${head}"${fresh}"`);
}

interface FieldProps {
  readonly text: string;
  readonly change: (text: string) => void;
}

function JsonField({ text, change }: FieldProps) {
  return (
    <>
      <label className="label" htmlFor="hand-json">
        The request, as JSON
      </label>
      <textarea
        id="hand-json"
        className="input mono"
        rows={8}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
    </>
  );
}

function Fields({ form, text, change }: FieldProps & { readonly form: RequestForm }) {
  const values = exampleValues(form, readJson(text));
  const set = (name: string, value: string): void =>
    change(JSON.stringify(bodyOf(form, { ...values, [name]: value }), null, 2));
  return (
    <div className="fields">
      {form.fields.map((field) => (
        <div key={field.name}>
          <label className="label" htmlFor={`hand-${field.name}`}>
            {field.name}
            {!field.isRequired && <span className="q3"> may be left out</span>}
          </label>
          <FieldInput field={field} value={values[field.name] ?? ""} set={(value) => set(field.name, value)} />
          {field.about !== "" && (
            <p className="small q3" id={`hand-${field.name}-about`}>
              {field.about}
            </p>
          )}
        </div>
      ))}
    </div>
  );
}

interface InputProps {
  readonly field: FormField;
  readonly value: string;
  readonly set: (value: string) => void;
}

function FieldInput({ field: { name, kind, choices, about }, value, set }: InputProps) {
  const common = {
    id: `hand-${name}`,
    className: "input mono",
    value,
    "aria-describedby": about === "" ? undefined : `hand-${name}-about`,
  };
  if (choices.length > 0)
    return (
      <select {...common} onChange={(event) => set(event.target.value)}>
        {["", ...choices].map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  return (
    <input
      {...common}
      type="text"
      inputMode={kind === "number" ? "decimal" : "text"}
      onChange={(event) => set(event.target.value)}
    />
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
