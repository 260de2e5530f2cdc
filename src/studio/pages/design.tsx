/** One design: its note on the left, and on the right what the review, the estimates, a run and serving say of it. */

import { type KeyboardEvent, useEffect, useRef } from "react";
import { isExport } from "../api.ts";
import type { NoteEditor } from "../editor/note-editor.ts";
import { FailureLine } from "../parts/failure.tsx";
import { Mark } from "../parts/mark.tsx";
import { STEP_NAMES } from "../parts/step-names.ts";
import { useKeys } from "../parts/use-keys.ts";
import { useNarrow } from "../parts/use-narrow.ts";
import { plural, sentence } from "../parts/words.tsx";
import { designAddress, go, usePlace } from "../router.tsx";
import type { PlainFinding, PlainReview } from "../worker/messages.ts";
import { Conflict, GoneFile } from "./design/conflict.tsx";
import { EstimatePanel } from "./design/estimate-panel.tsx";
import { NoteView } from "./design/note-view.tsx";
import { ReviewPanel } from "./design/review-panel.tsx";
import { RunPanel } from "./design/run-panel.tsx";
import { ServePanel } from "./design/serve-panel.tsx";
import { useNote } from "./design/use-note.ts";
import "../style/design.css";
import "../style/editor.css";

const ALL_TABS = [
  { id: "note", name: "Note" },
  { id: "review", name: "Review" },
  { id: "estimate", name: "Estimate" },
  { id: "run", name: "Run" },
  { id: "serve", name: "Serve" },
];

/** An export serves nothing. */
function tabs(isNarrow: boolean): typeof ALL_TABS {
  return ALL_TABS.filter(({ id }) => (id !== "serve" || !isExport()) && (id !== "note" || isNarrow));
}

export function DesignPage() {
  const { query } = usePlace();
  const path = query.get("path") ?? "";
  return <OneDesign key={path} path={path} tab={query.get("tab") ?? "review"} line={Number(query.get("line") ?? 0)} />;
}

function OneDesign({ path, tab: asked, line }: { readonly path: string; readonly tab: string; readonly line: number }) {
  const isNarrow = useNarrow();
  const shown = tabs(isNarrow);
  // The note stands beside the others where there is room, and an address may be mistyped.
  const tab = shown.some(({ id }) => id === asked) ? asked : "review";
  const note = useNote(path);
  const editor = useRef<NoteEditor | undefined>(undefined);
  const title = titleOf(note.text) ?? path;
  useEffect(() => {
    document.title = `${title} · Heptad`;
  }, [title]);
  const show = (id: string): void => go(designAddress(path, id), true);
  const goTo = (to: number): void => {
    if (isNarrow) show("note");
    editor.current?.goTo(to);
    editor.current?.view.focus();
  };
  const step = (by: number): void => {
    const findings = [...(note.review?.findings ?? [])].sort((a, b) => a.from - b.from);
    const view = editor.current?.view;
    if (view === undefined || findings.length === 0) return;
    const at = view.state.doc.lineAt(view.state.selection.main.head).number;
    const next = by > 0 ? findings.find((one) => one.line > at) : findings.findLast((one) => one.line < at);
    goTo((next ?? findings.at(by > 0 ? 0 : -1))?.line ?? 1);
  };
  useKeys({
    f8: () => step(1),
    "Shift+f8": () => step(-1),
    "Alt+r": () => show("run"),
    "Alt+m": () => {
      const first = note.review?.findings.find(({ edits }) => edits.length > 0);
      if (first !== undefined && !isExport()) note.mend(first);
    },
  });
  const { text } = note;
  if (text === undefined && note.wrong !== undefined)
    return (
      <main className="page-design">
        <div className="panel">
          <FailureLine wrong={note.wrong} />
        </div>
      </main>
    );
  return (
    <main className={`page-design${tab === "note" ? " show-note" : ""}`}>
      <div className="sub">
        <h1>{title}</h1>
        <span className="path">{path}</span>
        <span className="saved" role="status">
          {note.saved}
        </span>
        <span className="sp" />
        <span className="acts">
          <button className="btn" type="button" onClick={() => print()}>
            Print
          </button>
          {!isExport() && (
            <button className={`btn${tab === "run" ? "" : " first"}`} type="button" onClick={() => show("run")}>
              Run <kbd>Alt R</kbd>
            </button>
          )}
        </span>
      </div>
      {note.conflict !== undefined && <Conflict note={note} disk={note.conflict} />}
      {note.gone !== undefined && <GoneFile note={note} gone={note.gone} />}
      <FailureLine wrong={note.wrong} />
      <div className="panes">
        {isNarrow && <Tabs tabs={shown} tab={tab} show={show} review={note.review} />}
        <div className="ed" id="panel-note">
          {text !== undefined && (
            <>
              <Outline review={note.review} text={text} goTo={goTo} />
              <NoteView note={note} editor={editor} line={line} />
            </>
          )}
        </div>
        <section className="right" aria-label="What is said of it">
          {!isNarrow && <Tabs tabs={shown} tab={tab} show={show} review={note.review} />}
          {ALL_TABS.filter(({ id }) => id !== "note" && shown.some((one) => one.id === id)).map(({ id, name }) => (
            <div
              key={id}
              className="panel"
              role="tabpanel"
              id={`panel-${id}`}
              aria-label={name}
              tabIndex={0}
              hidden={id !== tab}
            >
              {id === "review" && text !== undefined && <ReviewPanel note={note} goTo={goTo} />}
              {id === "estimate" && tab === "estimate" && text !== undefined && <EstimatePanel note={note} />}
              {/* The runs are asked for while the note is still on its way. */}
              {id === "run" && tab === "run" && (
                <RunPanel path={path} version={note.version} review={note.review} showReview={() => show("review")} />
              )}
              {id === "serve" && tab === "serve" && <ServePanel path={path} />}
            </div>
          ))}
        </section>
      </div>
    </main>
  );
}

function Tabs({
  tabs: shown,
  tab,
  show,
  review,
}: {
  readonly tabs: typeof ALL_TABS;
  readonly tab: string;
  readonly show: (id: string) => void;
  readonly review: PlainReview | undefined;
}) {
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    const next = shown[(shown.findIndex(({ id }) => id === tab) + by + shown.length) % shown.length];
    show(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="Views of the design">
      {shown.map(({ id, name }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          aria-selected={id === tab}
          aria-controls={`panel-${id}`}
          tabIndex={id === tab ? 0 : -1}
          onClick={() => show(id)}
          onKeyDown={onKey}
        >
          {name}
          {id === "review" && review !== undefined && <small className="q3">{review.findings.length}</small>}
        </button>
      ))}
    </div>
  );
}

function Outline({
  review,
  text,
  goTo,
}: {
  readonly review: PlainReview | undefined;
  readonly text: string;
  readonly goTo: (line: number) => void;
}) {
  return (
    <nav className="outline" aria-label="Sections of the note">
      <ol>
        {[1, 2, 3, 4, 5, 6, 7].map((step) => {
          const own = review?.findings.filter((one) => one.step === step) ?? [];
          const line = text.split("\n").findIndex((one) => new RegExp(`^##\\s+${step}\\b`, "u").test(one)) + 1;
          return (
            <li key={step}>
              <button type="button" className="outline-step" onClick={() => goTo(Math.max(1, line))}>
                <b>{step}</b>
                <span className="vh">
                  {STEP_NAMES[step]}: {review?.notBegun.includes(step) ? "not begun" : countWords(own)}
                </span>
                <span className="counts" aria-hidden="true">
                  {!review?.notBegun.includes(step) && <Counts findings={own} />}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function countWords(findings: readonly PlainFinding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (findings.length === 0) return "nothing found";
  return `${plural(errors, "error")}, ${plural(findings.length - errors, "other")}`;
}

function Counts({ findings }: { readonly findings: readonly PlainFinding[] }) {
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  if (findings.length === 0) return <Mark state="ok" />;
  if (errors + warnings === 0)
    return (
      <em className="q3">
        <Mark state="none" />
        {findings.length}
      </em>
    );
  return (
    <>
      {errors > 0 && (
        <em className="t-bad">
          <Mark state="bad" />
          {errors}
        </em>
      )}
      {warnings > 0 && (
        <em className="t-open">
          <Mark state="open" />
          {warnings}
        </em>
      )}
    </>
  );
}

function titleOf(text: string | undefined): string | undefined {
  const front = /^title:\s*(?<title>.+)$/mu.exec(text ?? "")?.groups?.title;
  const title = front ?? /^#\s+(?<title>.+)$/mu.exec(text ?? "")?.groups?.title;
  return title === undefined ? undefined : sentence(title.trim().replace(/^(["'])(?<inner>.*)\1$/u, "$<inner>"));
}
