/** The studio: its pages, each loaded when it is needed, in the frame of all. */

import { Frame } from "./frame.tsx";
import { DesignsPage } from "./pages/designs.tsx";
import { LoadedLater } from "./parts/loaded-later.tsx";

const PAGES = {
  "/": <DesignsPage />,
  "/design": <LoadedLater key="/design" load={async () => (await import("./pages/design.tsx")).DesignPage} />,
  "/new": <LoadedLater key="/new" load={async () => (await import("./pages/new-note.tsx")).NewNotePage} />,
  "/practice": <LoadedLater key="/practice" load={async () => (await import("./pages/practice.tsx")).PracticePage} />,
  "/progress": <LoadedLater key="/progress" load={async () => (await import("./pages/progress.tsx")).ProgressPage} />,
  "/plan": <LoadedLater key="/plan" load={async () => (await import("./pages/plan.tsx")).PlanPage} />,
  "/interview": (
    <LoadedLater key="/interview" load={async () => (await import("./pages/interview.tsx")).InterviewPage} />
  ),
  "/keys": <LoadedLater key="/keys" load={async () => (await import("./pages/keys.tsx")).KeysPage} />,
  "/library": <LoadedLater key="/library" load={async () => (await import("./pages/library.tsx")).LibraryPage} />,
};

const BAR = [
  { to: "/", name: "Designs", also: ["/design", "/new"] },
  { to: "/practice", name: "Practice", also: ["/progress", "/plan"] },
  { to: "/interview", name: "Interview", also: [] },
  { to: "/library", name: "Library", also: [] },
];

export function App() {
  return <Frame pages={PAGES} bar={BAR} />;
}
