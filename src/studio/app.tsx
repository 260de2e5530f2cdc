/** The studio: its pages, each loaded when it is needed, in the frame of all. */

import { type ComponentType, lazy } from "react";
import { Frame } from "./frame.tsx";
import { DesignsPage } from "./pages/designs.tsx";

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
  return <Frame pages={PAGES} bar={BAR} />;
}
