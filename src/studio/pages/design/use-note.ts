/** The note of a page: loaded, reviewed as one types, saved by itself, and never written over what the disk holds. */

import { useCallback, useEffect, useRef, useState } from "react";
import type { CannotRun, NoteAnswer, SavedAnswer } from "../../answers/design-answers.ts";
import { AWAY, get, isExport, put, type Wrong, wrongOf } from "../../api.ts";
import { saidWhileTyping, sayWhenLate } from "../../parts/late-write.ts";
import { withSent } from "../../parts/unanswered-writes.ts";
import { useEvents } from "../../parts/use-events.ts";
import { designAddress, go } from "../../router.tsx";
import { askWorker } from "../../worker/ask-worker.ts";
import type { PlainFinding, PlainReview, PlainSettings } from "../../worker/messages.ts";
import { dropNote, keepNote, keepShown, leftBehind, shownLast } from "./kept-note.ts";
import { withEndingsOf, withPlainEndings } from "./line-endings.ts";
import { queueReview } from "./review-queue.ts";
import { withEdits } from "./with-edits.ts";

/** After the last key, before the note is written. */
const SAVE_MS = 400;
/** After a write that failed. */
const RETRY_MS = 5000;

export interface Note {
  readonly path: string;
  /** With plain line endings: those of the file are put back where it is written. Undefined until it is loaded. */
  readonly text: string | undefined;
  readonly review: PlainReview | undefined;
  readonly saved: string;
  /** Of the text that the disk holds, as far as it is known here. */
  readonly version: string;
  /** Of the text that the disk holds: why it cannot be run, as far as it says so itself. */
  readonly cannotRun: CannotRun | undefined;
  readonly wrong: Wrong | undefined;
  /** What the disk holds, where it is neither what was loaded nor what stands here. */
  readonly conflict: NoteAnswer | undefined;
  /** Another text, typed or written by a mend. */
  change(text: string): void;
  mend(finding: PlainFinding): void;
  /** What was loaded from the disk or written to it last: what stands here and what the disk holds both grew from it. */
  base(): string;
  /** When what was typed is on the disk, as far as it can be written now. */
  written(): Promise<void>;
  /** Ends a conflict with the text that was chosen. */
  settle(text: string, disk: NoteAnswer): void;
  /** Set where the file is gone: nothing is written until it is said what shall become of the text. */
  readonly gone: Gone | undefined;
  /** Writes the text where it stood before. */
  writeAgain(): void;
  /** Lets the text go, or goes on with it in the file that it was moved to. */
  leaveFor(moved: string | undefined): void;
}

export interface Gone {
  /** The one file that holds the text as it was seen last. */
  readonly moved: string | undefined;
}

export function useNote(path: string): Note {
  const [text, setText] = useState<string>();
  const [review, setReview] = useState<PlainReview>();
  const [saved, setSaved] = useState("");
  const [wrong, setWrong] = useState<Wrong>();
  const [conflict, setConflict] = useState<NoteAnswer>();
  const [gone, setGone] = useState<Gone>();
  const [cannotRun, setCannotRun] = useState<CannotRun>();
  const seen = useRef("");
  const base = useRef("");
  const latest = useRef<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** The write under way: another waits for it, and so does a reading, which could not tell our own text from theirs. */
  const saving = useRef<Promise<void>>(undefined);
  const writes = useRef(0);
  const sent = useRef<readonly string[]>([]);
  /** Typed here, and not with the server yet. */
  const isTyped = useRef(false);
  const isGone = useRef(false);

  const accept = useCallback((given: string): void => {
    const next = withPlainEndings(given);
    latest.current = next;
    setText(next);
    // One review at a time is asked for: only the text that stands when the last one is done is read.
    queueReview(next, (done, ofText) => {
      if (latest.current === ofText) setReview(done);
    });
  }, []);

  const askWhereTo = useCallback(async (): Promise<void> => {
    setSaved("not saved");
    setConflict(undefined);
    setGone((before) => before ?? { moved: undefined });
    const found = await get<{ path: string | null }>("/api/note/moved", { seen: seen.current }).catch(() => undefined);
    setGone((before) => before && { moved: found?.path ?? undefined });
  }, []);

  const keep = useCallback(
    (typed: string): void =>
      keepNote(path, { text: typed, seen: seen.current, base: base.current, sent: sent.current }),
    [path],
  );

  const save = useCallback(async (): Promise<void> => {
    if (latest.current === undefined || saving.current !== undefined) return;
    clearTimeout(timer.current);
    const [now, from] = [latest.current, seen.current];
    const written = withEndingsOf(base.current, now);
    const unanswered = sent.current;
    sent.current = withSent(unanswered, written);
    if (isTyped.current) keep(now);
    let wait: number | undefined;
    const write = async (): Promise<void> => {
      try {
        const answer = await sayWhenLate(put<SavedAnswer>("/api/note", { path, text: written, seen: from }), setSaved);
        setWrong(undefined);
        sent.current = [];
        if (answer.saved) {
          seen.current = answer.version;
          setCannotRun(answer.cannotRun);
          base.current = written;
          setGone(undefined);
          if (latest.current === now) {
            isTyped.current = false;
            dropNote(path);
            keepShown(path, { text: written, version: answer.version });
            setSaved("saved");
          }
        } else if (answer.disk === null && seen.current === from) {
          await askWhereTo();
        } else if (answer.disk !== null && unanswered.includes(answer.disk.text)) {
          // Our own, written before the answer was lost.
          seen.current = answer.disk.version;
          base.current = answer.disk.text;
          wait = 0;
        } else if (answer.disk !== null && seen.current === from) {
          setGone(undefined);
          setConflict(answer.disk);
          setSaved("not saved");
        } else {
          // Settled while this was on its way: what it is told of is what was chosen over.
          wait = 0;
        }
      } catch (error) {
        setWrong(wrongOf(error));
        setSaved("kept in this browser");
        wait = RETRY_MS;
      }
    };
    writes.current++;
    saving.current = write();
    await saving.current;
    saving.current = undefined;
    if (wait === undefined && latest.current === now) return;
    // Of a page that was left, what was typed last is written still; what could not be written waits in the browser.
    if (isGone.current && wait !== undefined && wait > 0) return;
    timer.current = setTimeout(save, isGone.current ? 0 : (wait ?? SAVE_MS));
  }, [path, askWhereTo, keep]);

  const type = useCallback(
    (given: string): void => {
      const next = withPlainEndings(given);
      isTyped.current = true;
      accept(next);
      keep(next);
    },
    [accept, keep],
  );

  const change = useCallback(
    (next: string): void => {
      if (withPlainEndings(next) === latest.current || isExport()) return;
      type(next);
      setSaved(saidWhileTyping);
      clearTimeout(timer.current);
      timer.current = setTimeout(save, SAVE_MS);
    },
    [type, save],
  );

  const configure = useCallback(async (): Promise<void> => {
    try {
      await askWorker("configure", await get<PlainSettings>("/api/settings", { path }));
    } catch (error) {
      // The rules as they come: what the file asks for cannot be told.
      setWrong(wrongOf(error));
      await askWorker("configure", { rules: {}, team: [] });
    }
  }, [path]);

  /** Where nobody answers, the note as this browser has it: what was typed, else what this tab was shown last. */
  const takeKept = useCallback((): void => {
    const left = leftBehind(path, undefined);
    const last = left ?? shownLast(path);
    if (last === undefined) return;
    seen.current = last.seen;
    base.current = last.base;
    sent.current = last.sent;
    if (left === undefined) accept(last.text);
    else type(last.text);
    setSaved(left === undefined ? "as it was read last" : "kept in this browser");
  }, [path, accept, type]);

  const load = useCallback(async (): Promise<void> => {
    try {
      const disk = await readBetweenWrites(path, saving, writes);
      setWrong(undefined);
      setGone(undefined);
      const isFirst = latest.current === undefined;
      const left = isFirst ? leftBehind(path, withPlainEndings(disk.text)) : undefined;
      if (left !== undefined) {
        // Typed, and not on the disk yet: the tab was closed or the server was killed.
        seen.current = left.seen;
        base.current = left.seen === disk.version ? disk.text : left.base;
        sent.current = left.sent;
        type(left.text);
        await save();
        return;
      }
      if (isFirst || (disk.version !== seen.current && !isTyped.current)) {
        seen.current = disk.version;
        base.current = disk.text;
        accept(disk.text);
        setCannotRun(disk.cannotRun);
        keepShown(path, disk);
        setSaved(isExport() ? "" : isFirst ? "saved" : "read again from the disk");
        return;
      }
      if (disk.version === seen.current || withPlainEndings(disk.text) === latest.current) return;
      if (!sent.current.includes(disk.text)) return setConflict(disk);
      seen.current = disk.version;
      base.current = disk.text;
    } catch (error) {
      const failed = wrongOf(error);
      if (failed.code === AWAY.code && latest.current === undefined) takeKept();
      if (failed.code !== "no-such-file") return setWrong(failed);
      const left = latest.current === undefined ? leftBehind(path, undefined) : undefined;
      if (left !== undefined) {
        seen.current = left.seen;
        base.current = left.base;
        sent.current = left.sent;
        type(left.text);
      }
      if (latest.current === undefined) setWrong(failed);
      else await askWhereTo();
    }
  }, [path, accept, type, save, askWhereTo, takeKept]);

  useEffect(() => {
    void load();
    void configure();
    isGone.current = false;
    return () => {
      isGone.current = true;
      clearTimeout(timer.current);
      if (isTyped.current) void save();
    };
  }, [load, configure, save]);
  const reconfigure = (): void => void configure().then(() => latest.current !== undefined && accept(latest.current));
  useEvents(path, {
    note: () => void load(),
    settings: reconfigure,
    back: () => {
      reconfigure();
      void (isTyped.current ? save() : load());
    },
  });

  return {
    path,
    text,
    review,
    saved,
    version: seen.current,
    cannotRun,
    wrong,
    conflict,
    change,
    mend({ edits }) {
      if (latest.current !== undefined) change(withEdits(latest.current, edits));
    },
    async written() {
      await saving.current;
      if (isTyped.current) await save();
    },
    base: () => withPlainEndings(base.current),
    settle(chosen, disk) {
      seen.current = disk.version;
      base.current = disk.text;
      setConflict(undefined);
      type(chosen);
      void save();
    },
    gone,
    writeAgain() {
      seen.current = "";
      setGone(undefined);
      type(latest.current ?? "");
      void save();
    },
    leaveFor(moved) {
      // Its page takes what differs from the disk.
      if (moved !== undefined && latest.current !== undefined)
        keepNote(moved, { text: latest.current, seen: seen.current, base: base.current, sent: sent.current });
      dropNote(path);
      isTyped.current = false;
      clearTimeout(timer.current);
      go(moved === undefined ? "/" : designAddress(moved));
    },
  };
}

/** The note as the disk holds it, and not as it was before a write of ours that ended while it was read. */
async function readBetweenWrites(
  path: string,
  saving: { readonly current: Promise<void> | undefined },
  writes: { readonly current: number },
): Promise<NoteAnswer> {
  for (;;) {
    await saving.current;
    const before = writes.current;
    const disk = await get<NoteAnswer>("/api/note", { path });
    if (writes.current === before) return disk;
  }
}
