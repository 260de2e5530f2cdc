/** Tab indents where a person has begun to write; who only walks by it through the page walks on, and changes nothing. */

import { indentWithTab } from "@codemirror/commands";
import { type Extension, Transaction } from "@codemirror/state";
import { type Command, type EditorView, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** Whether something was typed or clicked here since the note got the focus. */
class Begun {
  isWriting = false;

  update({ transactions }: ViewUpdate): void {
    // What comes from the disk, a mend or a slider is no event of a person in the editor.
    if (transactions.some((one) => one.docChanged && one.annotation(Transaction.userEvent) !== undefined))
      this.isWriting = true;
  }
}

const begun = ViewPlugin.fromClass(Begun, {
  eventHandlers: {
    pointerdown() {
      this.isWriting = true;
    },
    blur(_event, view: EditorView) {
      // Another window took the focus: the note has it again when this one comes back.
      if (view.root.activeElement !== view.contentDOM) this.isWriting = false;
    },
  },
});

function whereBegun(command: Command | undefined): Command {
  return (view) => view.plugin(begun)?.isWriting === true && command?.(view) === true;
}

export function tabIndents(): Extension {
  const { key, run, shift } = indentWithTab;
  return [begun, keymap.of([{ key, run: whereBegun(run), shift: whereBegun(shift) }])];
}
