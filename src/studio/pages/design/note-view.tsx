/** The note in its editor, which is loaded when it is needed; the text stands there as plain lines until then. */

import { type RefObject, useEffect, useRef, useState } from "react";
import { isExport } from "../../api.ts";
import type { NoteEditor } from "../../editor/note-editor.ts";
import type { Note } from "./use-note.ts";

export interface NoteViewProps {
  readonly note: Note;
  readonly editor: RefObject<NoteEditor | undefined>;
  /** To begin at; 0 for the top. */
  readonly line: number;
}

export function NoteView({ note, editor, line }: NoteViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const current = useRef(note);
  current.current = note;
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is opened once, with the text of that moment
  useEffect(() => {
    let isGone = false;
    void import("../../editor/note-editor.ts").then(({ openNoteEditor }) => {
      if (isGone || place.current === null) return;
      editor.current = openNoteEditor({
        parent: place.current,
        text: current.current.text ?? "",
        changed: (text, isTyped) => isTyped && current.current.change(text),
        isFixed: isExport(),
        leave: () => document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus(),
      });
      if (line > 0) editor.current.goTo(line);
      setOpen(true);
    });
    return () => {
      isGone = true;
      editor.current?.destroy();
      editor.current = undefined;
    };
  }, []);
  useEffect(() => {
    if (isOpen && note.text !== undefined) editor.current?.replace(note.text);
  }, [note.text, isOpen, editor]);
  useEffect(() => {
    if (!isOpen || note.review === undefined) return;
    editor.current?.show(note.review.findings);
    // What bench/studio holds the keystroke against.
    performance.mark("findings");
  }, [note.review, isOpen, editor]);
  return (
    <>
      <div className="code" ref={place} />
      {!isExport() && (
        <p className="way-out">
          <kbd>Esc</kbd> leaves the note; <kbd>Tab</kbd> indents where something was typed or clicked
        </p>
      )}
    </>
  );
}
