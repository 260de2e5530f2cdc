/** The file changed on the disk while it was being written here, or went away: both texts side by side, and nothing chosen. */

import type { NoteAnswer } from "../../answers/design-answers.ts";
import { keepBoth } from "./keep-both.ts";
import { withPlainEndings } from "./line-endings.ts";
import type { Gone, Note } from "./use-note.ts";

export function Conflict({ note, disk }: { readonly note: Note; readonly disk: NoteAnswer }) {
  const at = new Date(disk.changed).toTimeString().slice(0, 5);
  const mine = note.text ?? "";
  const theirs = withPlainEndings(disk.text);
  const [before, after] = [mine, theirs].map((text) => text.split("\n"));
  const first = before.findIndex((line, i) => line !== after[i]);
  const from = Math.max(0, (first < 0 ? before.length : first) - 2);
  return (
    <div className="conflict" role="alertdialog" aria-label="The file changed on disk">
      <p>
        <b>The file changed on disk at {at}.</b> Both texts, from line {from + 1}:
      </p>
      <div className="both">
        <section>
          <h2>Here</h2>
          <pre tabIndex={0}>{before.slice(from, from + 30).join("\n")}</pre>
          <button className="btn" type="button" onClick={() => note.settle(mine, disk)}>
            Keep what stands here
          </button>
        </section>
        <section>
          <h2>On disk</h2>
          <pre tabIndex={0}>{after.slice(from, from + 30).join("\n")}</pre>
          <button className="btn" type="button" onClick={() => note.settle(theirs, disk)}>
            Take what the disk holds
          </button>
        </section>
      </div>
      <p className="acts">
        <button className="btn" type="button" onClick={() => note.settle(keepBoth(note.base(), mine, theirs), disk)}>
          Keep both
        </button>
        <span className="small q2">
          Changes of different lines are joined; of the same lines both stand, to be read again.
        </span>
      </p>
    </div>
  );
}

/** The file was deleted, renamed or moved while it was open: nothing is made anew that somebody took away. */
export function GoneFile({ note, gone: { moved } }: { readonly note: Note; readonly gone: Gone }) {
  return (
    <div className="conflict" role="alertdialog" aria-label="The file is gone from the disk">
      <p>
        <b>The file is gone from the disk.</b>{" "}
        {moved === undefined ? (
          "Its text stands here and is kept in this browser; nothing is written."
        ) : (
          <>
            Its text as it was seen last stands in <code>{moved}</code>.
          </>
        )}
      </p>
      <p className="acts">
        {moved !== undefined && (
          <button className="btn" type="button" onClick={() => note.leaveFor(moved)}>
            Go on there
          </button>
        )}
        <button className="btn" type="button" onClick={() => note.writeAgain()}>
          Write it here again
        </button>
        <button className="btn quiet" type="button" onClick={() => note.leaveFor(undefined)}>
          Let it go
        </button>
      </p>
    </div>
  );
}
