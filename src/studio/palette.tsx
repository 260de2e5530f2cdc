/** The command palette: pages, commands and everything in the library, found by what is typed. */

import { useEffect, useRef, useState } from "react";
import type { DesignsAnswer } from "./answers/design-answers.ts";
import type { LibraryAnswer } from "./answers/library-answers.ts";
import { get, isExport } from "./api.ts";
import { useAnswer } from "./parts/use-answer.ts";
import { addressOf, designAddress, go, hrefOf } from "./router.tsx";

interface Choice {
  readonly name: string;
  readonly kind: string;
  readonly to: string;
}

const COMMANDS: readonly Choice[] = [
  { name: "Designs", kind: "page", to: "/" },
  { name: "New design", kind: "command", to: "/new" },
  { name: "Practise", kind: "command", to: "/practice" },
  { name: "Progress", kind: "page", to: "/progress" },
  { name: "Plan", kind: "page", to: "/plan" },
  { name: "Interview", kind: "page", to: "/interview" },
  { name: "Library", kind: "page", to: "/library" },
];

export function Palette({ close }: { readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const designs = useAnswer("designs", () => get<DesignsAnswer>("/api/designs"));
  const words = typed.trim();
  const library = useAnswer(words, () =>
    words === ""
      ? Promise.resolve({ total: 0, takenFor: [], kinds: {}, hits: [] })
      : get<LibraryAnswer>("/api/library", { q: words }),
  );
  useEffect(() => dialog.current?.showModal(), []);
  const own: Choice[] = [
    ...COMMANDS.filter(({ to }) => !isExport() || hrefOf(to) !== undefined),
    ...(designs.answer?.designs ?? []).map(({ title, path }) => ({ name: title, kind: path, to: designAddress(path) })),
  ].filter(({ name, kind }) => `${name} ${kind}`.toLowerCase().includes(words.toLowerCase()));
  const found = (library.answer?.hits ?? []).map(({ kind, name, title }) => ({
    name: title,
    kind,
    to:
      kind === "question" && !isExport()
        ? addressOf("/practice", { question: name })
        : addressOf("/library", { kind, name }),
  }));
  const choices = [...own, ...found].slice(0, 30);
  const chosen = Math.min(at, choices.length - 1);
  const open = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    dialog.current?.close();
    go(choice.to);
  };
  return (
    <dialog className="palette" ref={dialog} onClose={close} aria-label="Search or run a command">
      <input
        className="input"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen >= 0 ? `choice-${chosen}` : undefined}
        aria-label="Search or run a command"
        placeholder="A page, a design, a rule, a question …"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setAt(Math.min(choices.length - 1, chosen + 1));
          else if (event.key === "ArrowUp") setAt(Math.max(0, chosen - 1));
          else if (event.key === "Enter") open(choices[chosen]);
          else return;
          event.preventDefault();
        }}
      />
      <div id="palette-list" className="choices" role="listbox" aria-label="Found">
        {choices.map((choice, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and moves the choice
          // biome-ignore lint/a11y/useFocusableInteractive: it is reached by the field's aria-activedescendant
          <div
            key={`${choice.kind} ${choice.to}`}
            id={`choice-${i}`}
            role="option"
            aria-selected={i === chosen}
            onClick={() => open(choice)}
          >
            <span>{choice.name}</span>
            <span className="q3 small">{choice.kind}</span>
          </div>
        ))}
      </div>
      {choices.length === 0 && <p className="none">Nothing holds these words.</p>}
    </dialog>
  );
}
