/** The frame of the studio: the bar with its pages, the palette, and the page that the address names, loaded when it is needed. */

import { type ComponentType, lazy, Suspense, useState } from "react";
import { DesignsPage } from "./pages/designs.tsx";
import { Palette } from "./palette.tsx";
import { useEvents } from "./parts/use-events.ts";
import { useKeys } from "./parts/use-keys.ts";
import { go, Link, usePlace } from "./router.tsx";

const PAGES: Readonly<Record<string, ComponentType>> = {
  "/": DesignsPage,
  "/design": lazy(() => import("./pages/design.tsx").then(({ DesignPage }) => ({ default: DesignPage }))),
  "/new": lazy(() => import("./pages/new-note.tsx").then(({ NewNotePage }) => ({ default: NewNotePage }))),
  "/practice": lazy(() => import("./pages/practice.tsx").then(({ PracticePage }) => ({ default: PracticePage }))),
  "/progress": lazy(() => import("./pages/progress.tsx").then(({ ProgressPage }) => ({ default: ProgressPage }))),
  "/plan": lazy(() => import("./pages/plan.tsx").then(({ PlanPage }) => ({ default: PlanPage }))),
  "/interview": lazy(() => import("./pages/interview.tsx").then(({ InterviewPage }) => ({ default: InterviewPage }))),
  "/library": lazy(() => import("./pages/library.tsx").then(({ LibraryPage }) => ({ default: LibraryPage }))),
};

const BAR = [
  { to: "/", name: "Designs", also: ["/design", "/new"] },
  { to: "/practice", name: "Practice", also: ["/progress", "/plan"] },
  { to: "/interview", name: "Interview", also: [] },
  { to: "/library", name: "Library", also: [] },
];

export function App() {
  const { page } = usePlace();
  const [isSearching, setSearching] = useState(false);
  const isThere = useEvents(undefined, {});
  useKeys({ "Ctrl+k": () => setSearching(true), "Alt+p": () => go("/practice") });
  const Page = PAGES[page] ?? DesignsPage;
  return (
    <>
      <header className="bar">
        <Link className="word" to="/">
          Heptad
        </Link>
        <nav aria-label="Pages">
          {BAR.map(({ to, name, also }) => (
            <Link key={to} to={to} isCurrent={page === to || also.includes(page)}>
              {name}
            </Link>
          ))}
        </nav>
        <span className="sp" />
        <button className="cmd" type="button" onClick={() => setSearching(true)}>
          <span>Search or run a command</span>
          <kbd>Ctrl K</kbd>
        </button>
      </header>
      <div role="status">
        {!isThere && (
          <p className="away">
            The studio's server does not answer. What you type is kept here and goes on when <code>heptad studio</code>{" "}
            runs again.
          </p>
        )}
      </div>
      <Suspense fallback={<main className="plain-page" aria-busy="true" />}>
        <Page />
      </Suspense>
      {isSearching && <Palette close={() => setSearching(false)} />}
    </>
  );
}
