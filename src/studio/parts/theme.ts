/** The theme that was chosen in this browser: light, dark, or what the system has. */

import { dropText, keepText, keptText } from "./kept-text.ts";

export type Theme = "light" | "dark" | "system";

const KEEP = "theme";

/** Before anything is shown. */
export function showChosenTheme(): void {
  const kept = keptText(KEEP);
  show(kept === "light" || kept === "dark" ? kept : "system");
}

export function chooseTheme(theme: Theme): void {
  if (theme === "system") dropText(KEEP);
  else keepText(KEEP, theme);
  show(theme);
}

function show(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
