/** Where the pages of an export begin: the same components, over data that lie beside them as files. */

import { createRoot } from "react-dom/client";
import { answerFromExport } from "../api.ts";
import { Frame } from "../frame.tsx";
import { DesignPage } from "../pages/design.tsx";
import { DesignsPage } from "../pages/designs.tsx";
import { LibraryPage } from "../pages/library.tsx";
import { showChosenTheme } from "../parts/theme.ts";
import { addressBy } from "../router.tsx";
import { openExportedAnswers } from "./exported-answers.ts";
import { fileAddresses } from "./file-addresses.ts";
import "../style/language.gen.css";
import "../style/base.css";
import "../style/studio.css";

const PAGES = {
  "/": <DesignsPage key="/" />,
  "/design": <DesignPage key="/design" />,
  "/library": <LibraryPage key="/library" />,
};
const BAR = [
  { to: "/", name: "Designs", also: ["/design"] },
  { to: "/library", name: "Library", also: [] },
];

const root = saidInHead("heptad-root");
const { answers, take } = openExportedAnswers(root);
// What the data files call.
Object.assign(globalThis, { heptadExport: take });
showChosenTheme();
answerFromExport(answers);
addressBy(fileAddresses(saidInHead("heptad-place"), root));
addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("root");
  if (place !== null) createRoot(place).render(<Frame pages={PAGES} bar={BAR} />);
});

function saidInHead(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}
