/** One design: its note on the left, and on the right what the review, the estimates, a run and serving say of it. */

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { isExport } from "../api.ts";
import type { NoteEditor } from "../editor/note-editor.ts";
import { FailureLine } from "../parts/failure.tsx";
import { KeyOf } from "../parts/key-of.tsx";
import { titleOf } from "../parts/title-of.ts";
import { useActions } from "../parts/use-actions.ts";
import { useNarrow } from "../parts/use-narrow.ts";
import { sentence } from "../parts/words.tsx";
import { designAddress, go, usePlace } from "../router.tsx";
import type { PlainReview } from "../worker/messages.ts";
import { Conflict, GoneFile } from "./design/conflict.tsx";
import { EstimatePanel } from "./design/estimate-panel.tsx";
import { NoteView } from "./design/note-view.tsx";
import { Outline } from "./design/outline.tsx";
import { mayBeWaived } from "./design/review/finding-row.tsx";
import { FIRST, ReviewPanel } from "./design/review-panel.tsx";
import { RunPanel } from "./design/run-panel.tsx";
import { saveDrawing } from "./design/save-drawing.ts";
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

type Wish = "run" | "serve" | "waive";

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
  const title = sentence(titleOf(note.text) ?? path);
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
    const inOrder = [...(note.review?.findings ?? [])].sort((a, b) => a.from - b.from);
    const view = editor.current?.view;
    if (view === undefined || inOrder.length === 0) return;
    const at = view.state.doc.lineAt(view.state.selection.main.head).number;
    const next = by > 0 ? inOrder.find((one) => one.line > at) : inOrder.findLast((one) => one.line < at);
    goTo((next ?? inOrder.at(by > 0 ? 0 : -1))?.line ?? 1);
  };
  const { text, review } = note;
  const findings = review?.findings ?? [];
  const mendable = findings.find(({ edits }) => edits.length > 0);
  /** What a key or the palette asks of a tab that may not be shown yet: it does it once, when it is. */
  const [wish, setWish] = useState<Wish>();
  const ask = (next: Wish, id: string): void => {
    setWish(next);
    show(id);
  };
  const granted = (): void => setWish(undefined);
  const draw = (form: "svg" | "mermaid"): void => void saveDrawing({ text: text ?? "", moved: [], form });
  const isFalse = findings.some(({ severity, consequence }) => severity === "error" && consequence === "false-figures");
  // What stands in the way of a run, or would make its figures false, is said by the tab first; it runs only what it is told to.
  const toTheRuns = note.cannotRun !== undefined ? "Why it cannot be run" : isFalse ? "See the runs" : undefined;
  const run =
    toTheRuns !== undefined
      ? { name: toTheRuns, act: () => show("run") }
      : { name: "Run", act: () => void note.written().then(() => ask("run", "run")) };
  const only = <T,>(can: boolean, what: T): T | undefined => (can ? what : undefined);
  useActions({
    print: () => print(),
    review: () => show("review"),
    estimate: () => show("estimate"),
    runs: () => show("run"),
    nextFinding: only(findings.length > 0, () => step(1)),
    lastFinding: only(findings.length > 0, () => step(-1)),
    drawSvg: () => draw("svg"),
    drawMermaid: () => draw("mermaid"),
    ...(isExport()
      ? {}
      : {
          run,
          serving: () => show("serve"),
          serve: () => ask("serve", "serve"),
          mend: only(mendable !== undefined, () => mendable && note.mend(mendable)),
          waive: only(findings.slice(0, FIRST).some(mayBeWaived), () => ask("waive", "review")),
        }),
  });
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
            <button
              className={`btn${tab === "run" || toTheRuns !== undefined ? "" : " first"}`}
              type="button"
              onClick={run.act}
            >
              {run.name} <KeyOf action="run" />
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
              {id === "review" && text !== undefined && (
                <ReviewPanel note={note} goTo={goTo} isWaiving={wish === "waive"} begun={granted} />
              )}
              {id === "estimate" && tab === "estimate" && text !== undefined && <EstimatePanel note={note} />}
              {/* The runs are asked for while the note is still on its way. */}
              {id === "run" && tab === "run" && (
                <RunPanel
                  path={path}
                  version={note.version}
                  isRefused={note.cannotRun !== undefined}
                  review={review}
                  showReview={() => show("review")}
                  written={note.written}
                  isAsked={wish === "run"}
                  begun={granted}
                />
              )}
              {id === "serve" && tab === "serve" && (
                <ServePanel path={path} isAsked={wish === "serve"} begun={granted} />
              )}
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
