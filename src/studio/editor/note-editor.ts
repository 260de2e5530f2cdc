/** The editor of a note: CodeMirror with the note's language, marks of findings, completion and hover from the worker. */

import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  GutterMarker,
  gutter,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
  WidgetType,
} from "@codemirror/view";
import { askWorker } from "../worker/ask-worker.ts";
import type { PlainFinding } from "../worker/messages.ts";
import { noteLanguage } from "./note-language.ts";
import { tabIndents } from "./tab-indents.ts";

/** A text that came from the disk or from a mend: it is no typing. */
export const fromOutside = Annotation.define<boolean>();

const setFindings = StateEffect.define<readonly PlainFinding[]>();

const marks = StateField.define<{ marks: DecorationSet; lines: ReadonlyMap<number, string> }>({
  create: () => ({ marks: Decoration.none, lines: new Map() }),
  update(before, transaction) {
    let { marks: all, lines } = before;
    all = all.map(transaction.changes);
    for (const effect of transaction.effects)
      if (effect.is(setFindings)) {
        all = marksOf(transaction.state, effect.value);
        lines = worstByLine(effect.value);
      }
    return { marks: all, lines };
  },
  provide: (field) => EditorView.decorations.from(field, ({ marks: all }) => all),
});

class Label extends WidgetType {
  readonly text: string;
  readonly severity: string;

  constructor(text: string, severity: string) {
    super();
    this.text = text;
    this.severity = severity;
  }

  override eq(other: Label): boolean {
    return other.text === this.text && other.severity === this.severity;
  }

  toDOM(): HTMLElement {
    const label = document.createElement("span");
    label.className = `lens l-${this.severity}`;
    // `a` in a sentence is code, as everywhere in the studio.
    for (const [i, part] of this.text.split("`").entries()) {
      const code = document.createElement("code");
      code.textContent = part;
      label.append(i % 2 === 1 ? code : part);
    }
    return label;
  }
}

class LineMark extends GutterMarker {
  readonly severity: string;

  constructor(severity: string) {
    super();
    this.severity = severity;
  }

  override toDOM(): Node {
    const mark = document.createElement("span");
    mark.className = `line-mark l-${this.severity}`;
    mark.textContent = this.severity === "error" ? "✕" : this.severity === "warning" ? "◐" : "◌";
    return mark;
  }
}

function marksOf(state: EditorState, findings: readonly PlainFinding[]): DecorationSet {
  const { length } = state.doc;
  const ranges = findings
    .filter(({ from, severity }) => from <= length && severity !== "advice")
    .flatMap(({ from, to, severity, label }) => {
      const line = state.doc.lineAt(from);
      const end = Math.min(Math.max(to, from + 1), length, line.to);
      return [
        ...(end > from ? [Decoration.mark({ class: `u-${severity}` }).range(from, end)] : []),
        ...(label === "" ? [] : [Decoration.widget({ widget: new Label(label, severity), side: 1 }).range(line.to)]),
      ];
    });
  return Decoration.set(ranges, true);
}

function worstByLine(findings: readonly PlainFinding[]): ReadonlyMap<number, string> {
  const lines = new Map<number, string>();
  for (const { line, severity } of findings) if (!lines.has(line)) lines.set(line, severity);
  return lines;
}

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w@.-]*/u);
  if (word === null || (word.from === word.to && !context.explicit)) return null;
  const found = await askWorker("complete", { text: context.state.doc.toString(), offset: context.pos });
  return {
    from: word.from,
    options: found.map(({ label, insert, kind, detail }) => ({
      label,
      apply: insert,
      type: kind === "key" ? "property" : "constant",
      info: detail === "" ? undefined : detail,
    })),
    validFor: /^[\w@.-]*$/u,
  };
}

const hover = hoverTooltip(async (view, pos) => {
  const text = await askWorker("hover", { text: view.state.doc.toString(), offset: pos });
  if (text === undefined) return null;
  return {
    pos,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "hover";
      dom.textContent = text.replaceAll("**", "").slice(0, 900);
      return { dom };
    },
  };
});

export interface NoteEditor {
  readonly view: EditorView;
  text(): string;
  /** Puts another text in its place, with the least change, so that the cursor stays. */
  replace(text: string): void;
  show(findings: readonly PlainFinding[]): void;
  goTo(line: number): void;
  destroy(): void;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  /** Called after each change of the text; `isTyped` tells a person's from ours. */
  readonly changed: (text: string, isTyped: boolean) => void;
  readonly leave: () => void;
  /** To be read only. */
  readonly isFixed: boolean;
}

export function openNoteEditor({ parent, text, changed, leave, isFixed }: EditorOptions): NoteEditor {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
  const extensions: Extension[] = [
    EditorView.cspNonce.of(nonce),
    lineNumbers(),
    gutter({
      class: "cm-findings",
      lineMarker: (view, block) => {
        const severity = view.state.field(marks).lines.get(view.state.doc.lineAt(block.from).number);
        return severity === undefined ? null : new LineMark(severity);
      },
      lineMarkerChange: ({ startState, state }) => startState.field(marks) !== state.field(marks),
    }),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    EditorView.lineWrapping,
    EditorState.readOnly.of(isFixed),
    EditorView.contentAttributes.of({
      "aria-label": "The note",
      // A page that takes the Tab key says how to leave.
      ...(isFixed
        ? {}
        : { "aria-description": "Escape leaves the note; Tab indents once something is typed or clicked here" }),
      spellcheck: "false",
    }),
    new Compartment().of(noteLanguage()),
    marks,
    autocompletion({ override: [complete], activateOnTyping: true }),
    hover,
    keymap.of([
      {
        key: "Escape",
        run: (view) => {
          view.contentDOM.blur();
          leave();
          return true;
        },
      },
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
    ]),
    tabIndents(),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      const isOutside = update.transactions.some((one) => one.annotation(fromOutside) === true);
      changed(update.state.doc.toString(), !isOutside);
    }),
  ];
  const view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) });
  // What scrolls can be reached by keys.
  view.scrollDOM.tabIndex = 0;
  view.scrollDOM.setAttribute("role", "group");
  view.scrollDOM.setAttribute("aria-label", "The note, scrolled");
  return {
    view,
    text: () => view.state.doc.toString(),
    replace(next) {
      const before = view.state.doc.toString();
      if (before === next) return;
      let from = 0;
      while (from < before.length && from < next.length && before[from] === next[from]) from++;
      let [to, end] = [before.length, next.length];
      while (to > from && end > from && before[to - 1] === next[end - 1]) {
        to--;
        end--;
      }
      view.dispatch({ changes: { from, to, insert: next.slice(from, end) }, annotations: fromOutside.of(true) });
    },
    show: (findings) => view.dispatch({ effects: setFindings.of(findings) }),
    goTo(line) {
      const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: "center" }) });
    },
    destroy: () => view.destroy(),
  };
}
