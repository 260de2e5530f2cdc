/** The estimate of a note: what breaks, the system drawn, sliders on its numbers, and what follows with each derivation. */

import { useEffect, useState } from "react";
import { isExport } from "../../api.ts";
import { Mark } from "../../parts/mark.tsx";
import { useActions } from "../../parts/use-actions.ts";
import { inWords, plural, sentence, Words } from "../../parts/words.tsx";
import { askWorker } from "../../worker/ask-worker.ts";
import type { PlainAnswer, PlainEstimate, PlainInput } from "../../worker/messages.ts";
import { saveDrawing } from "./save-drawing.ts";
import type { Note } from "./use-note.ts";

export function EstimatePanel({ note }: { readonly note: Note }) {
  const { text } = note;
  const [moved, setMoved] = useState<ReadonlyMap<string, number>>(new Map());
  const [estimate, setEstimate] = useState<PlainEstimate>();
  const [wrong, setWrong] = useState("");
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const width = useWidth(place);
  useEffect(() => {
    if (text === undefined) return;
    let isOld = false;
    void askWorker("estimate", { text, moved: [...moved], width }).then((next) => isOld || setEstimate(next));
    return () => {
      isOld = true;
    };
  }, [text, moved, width]);
  useEffect(() => {
    // What bench/studio holds the slider against.
    if (estimate !== undefined) performance.mark("estimate");
  }, [estimate]);
  const write = async (): Promise<void> => {
    // Asked again: what is shown may still be what stood before the last move.
    const latest = await askWorker("estimate", { text: text ?? "", moved: [...moved], width });
    const facts = (latest?.inputs ?? []).flatMap(({ key, moved: written }): [string, string][] =>
      written === undefined ? [] : [[key, written]],
    );
    const done = await askWorker("set", { text: text ?? "", facts });
    if ("wrong" in done) return setWrong(`${done.wrong}${done.fix === "" ? "" : `: ${done.fix}`}`);
    setWrong("");
    setMoved(new Map());
    note.change(done.text);
  };
  useActions({ writeEstimate: moved.size === 0 || isExport() ? undefined : () => void write() });
  if (estimate === undefined)
    return (
      <div ref={setPlace}>
        <p className="lead">There is nothing to estimate before the note holds facts.</p>
      </div>
    );
  const { troubles, answers, inputs, missing } = estimate;
  return (
    <div ref={setPlace}>
      <p className="lead" data-testid="estimate-lead">
        <Words>{leadOf(estimate)}</Words>
      </p>
      {troubles.length > 0 && (
        <ul className="plain">
          {troubles.map((trouble) => (
            <li key={trouble}>
              <Mark state="bad" /> <Words>{sentence(trouble)}</Words>
            </li>
          ))}
        </ul>
      )}
      {estimate.drawing !== undefined && <Drawing svg={estimate.drawing} text={text ?? ""} moved={moved} />}
      <div className="est">
        <section>
          <h2>
            What if <span className="q3">nothing is written until you say so</span>
          </h2>
          {inputs.map((input) => (
            <Slider
              key={input.key}
              input={input}
              factor={moved.get(input.key) ?? 1}
              move={(factor) => {
                const next = new Map(moved);
                if (factor === 1) next.delete(input.key);
                else next.set(input.key, factor);
                setMoved(next);
              }}
            />
          ))}
          {inputs.length === 0 && <p className="small q3">The note states no number that an estimate reads.</p>}
          <p className="acts">
            {!isExport() && (
              <button className="btn" type="button" disabled={moved.size === 0} onClick={write}>
                Write into the note
              </button>
            )}
            <button className="btn quiet" type="button" disabled={moved.size === 0} onClick={() => setMoved(new Map())}>
              Back to the note
            </button>
          </p>
          {!isExport() &&
            inputs.map(
              ({ key, mark }) =>
                mark !== undefined && (
                  <p key={key} className="small q2">
                    Writing takes away <code>{mark}</code> beside <code>{key}</code>: it was said of the old value.
                  </p>
                ),
            )}
          {wrong !== "" && (
            <p className="failure">
              <Words>{sentence(wrong)}</Words>
            </p>
          )}
        </section>
        <section>
          <h2>What follows</h2>
          {answers.map((answer) => (
            <AnswerRow key={`${answer.sheet} ${answer.title}`} answer={answer} />
          ))}
          {missing.length > 0 && (
            <>
              <h2>What is missing</h2>
              <ul className="plain">
                {missing.map(({ key, about, fact, section }) => (
                  <li key={key}>
                    {sentence(about)}: write <code>{fact}</code>
                    {section !== undefined && ` in section ${section}`}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </div>
    </div>
  );
}

/** What the sentence says of the limits that break; the rest stands below it. */
const NAMED = 3;

function leadOf({ troubles, answers, missing }: PlainEstimate): string {
  if (answers.length === 0) return `${plural(missing.length, "fact")} more, and the first estimate stands here.`;
  const left =
    missing.length === 0 ? "" : ` ${plural(missing.length, "fact")} ${missing.length === 1 ? "is" : "are"} missing.`;
  if (answers.every(({ limits }) => limits.length === 0)) return `No limit can be checked yet.${left}`;
  if (troubles.length === 0) return `Every limit that can be checked holds.${left}`;
  const named = troubles.slice(0, NAMED).join("; ");
  const more = troubles.length > NAMED ? `; and ${troubles.length - NAMED} more` : "";
  return `${inWords(troubles.length)} ${troubles.length === 1 ? "limit breaks" : "limits break"}: ${named}${more}.${left}`;
}

/** From a tenth to ten times, by even steps of the logarithm; the note's value stands in the middle. */
const HALF = 40;

function Slider({
  input,
  factor,
  move,
}: {
  readonly input: PlainInput;
  readonly factor: number;
  readonly move: (factor: number) => void;
}) {
  const { key, about, text, moved } = input;
  const place = Math.round(Math.log10(factor) * HALF);
  return (
    <div className="sl">
      <label htmlFor={`slider-${key}`}>
        {sentence(about)} <code>{key}</code>
      </label>
      <output htmlFor={`slider-${key}`}>{moved === undefined ? text : <b>{moved}</b>}</output>
      <div className="rg">
        <input
          id={`slider-${key}`}
          type="range"
          min={-HALF}
          max={HALF}
          value={place}
          aria-valuetext={moved ?? text}
          onChange={(event) => move(Number(event.target.value) === 0 ? 1 : 10 ** (Number(event.target.value) / HALF))}
        />
        <svg className="tick-mark" viewBox="0 0 8 6" aria-hidden="true">
          <path d="M4 0l4 6H0z" />
        </svg>
      </div>
    </div>
  );
}

function AnswerRow({ answer }: { readonly answer: PlainAnswer }) {
  const { title, value, derivation, assumptions, proposed, limits, dominant, step } = answer;
  const broken = limits.find(({ isBroken }) => isBroken);
  const shown = broken ?? limits[0];
  return (
    <details className="ans">
      <summary>
        <span className="nm">
          {title} <span className="q3">step {step}</span>
        </span>
        <span className="vl">
          <b>{value}</b>
          {proposed.length > 0 && <span className="q3"> proposed</span>}
        </span>
        {shown !== undefined && <Share share={shown.share} />}
        {shown !== undefined && (
          <span className="sx">
            <span className={`st t-${shown.isBroken ? "bad" : "ok"}`}>
              <Mark state={shown.isBroken ? "bad" : "ok"} /> {shown.isBroken ? "broken" : "holds"}
            </span>
          </span>
        )}
      </summary>
      {shown !== undefined && (
        <p className="as">
          <Words>{sentence(shown.words)}</Words>.
        </p>
      )}
      <pre className="derive">{derivation}</pre>
      {dominant !== "" && <p className="as">Largest: {dominant}.</p>}
      {assumptions.length > 0 && (
        <p className="as">
          <b>Assumed</b> {assumptions.map(({ input, text, why }) => `${input} ${text} (${why})`).join("; ")}.
        </p>
      )}
      {proposed.length > 0 && (
        <p className="as">
          <b>Proposed, not accepted</b> {proposed.join("; ")}.
        </p>
      )}
    </details>
  );
}

/** How much of the limit is used: the limit stands at four fifths. */
function Share({ share }: { readonly share: number }) {
  const used = Math.min(100, share * 80);
  return (
    <svg className="tr share" aria-hidden="true">
      <line x1="0" x2="100%" y1="4" y2="4" className="grid" />
      <rect x="0" y="0" width={`${Math.min(used, 80)}%`} height="8" className="b-system" />
      {used > 80 && <rect x="80%" y="0" width={`${used - 80}%`} height="8" className="b-bad" />}
      <line x1="80%" x2="80%" y1="-4" y2="12" className="limit" />
    </svg>
  );
}

interface DrawingProps {
  readonly svg: string;
  readonly text: string;
  readonly moved: ReadonlyMap<string, number>;
}

function Drawing({ svg, text, moved }: DrawingProps) {
  const save = (form: "svg" | "mermaid"): void => void saveDrawing({ text, moved: [...moved], form });
  useActions({ drawSvg: () => save("svg"), drawMermaid: () => save("mermaid") });
  return (
    <figure className="system">
      <figcaption>
        The system, from the facts of sections 1, 4 and 6 <span className="q3">at the peak</span>{" "}
        <span className="sp" />
        <button className="lnk" type="button" onClick={() => save("svg")}>
          SVG
        </button>
        <button className="lnk" type="button" onClick={() => save("mermaid")}>
          Mermaid
        </button>
      </figcaption>
      <Drawn svg={svg} />
    </figure>
  );
}

/** A drawing of our own, whose every text is escaped where it is made; it scrolls where it is wider than the page. */
function Drawn({ svg }: { readonly svg: string }) {
  return (
    <section
      className="drawing"
      tabIndex={0}
      aria-label="The system, drawn"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: SVG of drawSystemSvg, which escapes every text
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}

/** Of a place on the page, as it is now and becomes. */
function useWidth(place: HTMLElement | null): number {
  const [width, setWidth] = useState(() => Math.max(280, document.documentElement.clientWidth * 0.5));
  useEffect(() => {
    if (place === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(place);
    return () => observer.disconnect();
  }, [place]);
  return width;
}
