/** The frame of the pages: the bar with their names, the palette, and the page that the address names. */

import { type ReactNode, useEffect, useRef, useState } from "react";
import { isExport } from "./api.ts";
import { Palette } from "./palette.tsx";
import { KeyOf } from "./parts/key-of.tsx";
import { chooseTheme } from "./parts/theme.ts";
import { useActions } from "./parts/use-actions.ts";
import { useEvents } from "./parts/use-events.ts";
import { go, Link, usePlace } from "./router.tsx";

export interface FrameProps {
  /** By their addresses; `/` is shown for any other. */
  readonly pages: Readonly<Record<string, ReactNode>>;
  /** What the bar leads to; `also` are pages that belong to it. */
  readonly bar: readonly { readonly to: string; readonly name: string; readonly also: readonly string[] }[];
}

const CONTACTS = {
  away: (
    <>
      The studio's server does not answer. What you type is kept here and goes on when <code>heptad studio</code> runs
      again.
    </>
  ),
  "shut-out": (
    <>
      This page was not let in: its address lacks the token of this studio. Open the address that{" "}
      <code>heptad studio</code> printed in the terminal, all of it with what stands behind the <code>#</code>. What you
      type is kept here.
    </>
  ),
  full: <>The studio's server answers, and tells this page nothing new: too many pages are open. Close some of them.</>,
} as const;

export function Frame({ pages, bar }: FrameProps) {
  const { page } = usePlace();
  const [isSearching, setSearching] = useState(false);
  const contact = useEvents(undefined, {});
  const wasShutOut = useRef(false);
  useEffect(() => {
    // Let in by another tab: what this page was refused is asked again.
    if ((contact === "there" || contact === "full") && wasShutOut.current) location.reload();
    wasShutOut.current = contact === "shut-out";
  }, [contact]);
  useActions({
    search: () => setSearching(true),
    library: () => go("/library"),
    light: () => chooseTheme("light"),
    dark: () => chooseTheme("dark"),
    system: () => chooseTheme("system"),
    ...(isExport()
      ? {}
      : {
          newDesign: () => go("/new"),
          fromData: () => go("/new?data=1"),
          importNote: () => go("/new?import=1"),
          practise: () => go("/practice"),
          tenQuestions: () => go("/practice?begin=ten"),
          dailySet: () => go("/practice?begin=daily"),
          gauntlet: () => go("/practice?begin=gauntlet"),
          keys: () => go("/keys"),
        }),
  });
  return (
    <>
      <header className="bar">
        <Link className="word" to="/">
          Heptad
        </Link>
        <nav aria-label="Pages">
          {bar.map(({ to, name, also }) => (
            <Link key={to} to={to} isCurrent={page === to || also.includes(page)}>
              {name}
            </Link>
          ))}
        </nav>
        <span className="sp" />
        <button className="cmd" type="button" onClick={() => setSearching(true)}>
          <span>Search{!isExport() && <span className="rest"> or run a command</span>}</span>
          <KeyOf action="search" />
        </button>
      </header>
      <div role="status">{contact !== "there" && <p className="away">{CONTACTS[contact]}</p>}</div>
      {pages[page] ?? pages["/"]}
      {isSearching && <Palette close={() => setSearching(false)} />}
    </>
  );
}
