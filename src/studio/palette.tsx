/** The command palette: what can be done now with its key, pages, designs and everything in the library, found by what is typed. */

import { useEffect, useRef, useState } from "react";
import { printedKey } from "./actions.ts";
import type { DesignsAnswer } from "./answers/design-answers.ts";
import type { LibraryAnswer } from "./answers/library-answers.ts";
import { get, isExport } from "./api.ts";
import { shownButtons } from "./parts/shown-buttons.ts";
import { offeredActions } from "./parts/use-actions.ts";
import { useAnswer } from "./parts/use-answer.ts";
import { addressOf, designAddress, go, hrefOf } from "./router.tsx";

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly keys?: readonly string[];
  readonly take: () => void;
}

const PAGES = [
  { name: "Designs", to: "/" },
  { name: "Practice", to: "/practice" },
  { name: "Progress", to: "/progress" },
  { name: "Plan", to: "/plan" },
  { name: "Interview", to: "/interview" },
  { name: "Library", to: "/library" },
];
const MOST_SHOWN = 40;

/** What the page offers when the palette is opened: actions of the register, then what else can be pressed. */
function commandsNow(): readonly [actions: readonly Choice[], buttons: readonly Choice[]] {
  const actions = offeredActions().filter(({ id }) => id !== "search");
  const named = new Set(actions.map(({ name }) => name));
  return [
    actions.map(({ id, name, keys }) => ({
      id: `action ${id}`,
      name,
      kind: "command",
      keys,
      // As it is offered by then: the page may have gone on below the palette.
      take: () =>
        offeredActions()
          .find((one) => one.id === id)
          ?.act(),
    })),
    shownButtons()
      .filter(({ name }) => !named.has(name))
      .map(({ name, press }) => ({ id: `button ${name}`, name, kind: "on this page", take: press })),
  ];
}

export function Palette({ close }: { readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [commands] = useState(commandsNow);
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
  const to = (name: string, kind: string, address: string): Choice => ({
    id: `${kind} ${address}`,
    name,
    kind,
    take: () => go(address),
  });
  const [actions, buttons] = commands;
  const own: readonly Choice[] = [
    ...actions,
    ...PAGES.filter((page) => !isExport() || hrefOf(page.to) !== undefined).map((page) =>
      to(page.name, "page", page.to),
    ),
    ...buttons,
    ...(designs.answer?.designs ?? []).map(({ title, path }) => to(title, path, designAddress(path))),
  ];
  const found = (library.answer?.hits ?? []).map(({ kind, name, title }) =>
    to(
      title,
      kind,
      kind === "question" && !isExport()
        ? addressOf("/practice", { question: name })
        : addressOf("/library", { kind, name }),
    ),
  );
  const choices = [...matching(own, words), ...found].slice(0, MOST_SHOWN);
  const chosen = Math.min(at, choices.length - 1);
  const open = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    dialog.current?.close();
    choice.take();
  };
  const move = (next: number): void => {
    setAt(next);
    document.getElementById(`choice-${next}`)?.scrollIntoView({ block: "nearest" });
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
        placeholder="A command, a page, a design, a rule, a question …"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") move(Math.min(choices.length - 1, chosen + 1));
          else if (event.key === "ArrowUp") move(Math.max(0, chosen - 1));
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
            key={choice.id}
            id={`choice-${i}`}
            role="option"
            aria-selected={i === chosen}
            onClick={() => open(choice)}
          >
            <span>{choice.name}</span>
            <span className="q3 small">
              {(choice.keys ?? []).length === 0
                ? choice.kind
                : choice.keys?.map((key) => <kbd key={key}>{printedKey(key)}</kbd>)}
            </span>
          </div>
        ))}
      </div>
      {choices.length === 0 && <p className="none">Nothing holds these words.</p>}
    </dialog>
  );
}

/** Those that hold all words, in any order; first those whose name begins with what was typed. */
function matching(choices: readonly Choice[], words: string): readonly Choice[] {
  const wanted = words.toLowerCase().split(/\s+/u);
  const begins = ({ name }: Choice): boolean => name.toLowerCase().startsWith(words.toLowerCase());
  return choices
    .filter(({ name, kind }) => wanted.every((word) => `${name} ${kind}`.toLowerCase().includes(word)))
    .toSorted((a, b) => Number(begins(b)) - Number(begins(a)));
}
