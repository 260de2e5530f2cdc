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

/** Rules of frames that hold in the dark theme, with the media that they were written for. */
const darkRules = new WeakMap<CSSMediaRule, string>();
const heard = new Set<() => void>();

/** A page in a frame asks the system: it is told what was chosen here, now and at each change, until what this returns is called. */
export function followTheme(frame: Document): () => void {
  const follow = (): void => {
    const { theme } = document.documentElement.dataset;
    for (const sheet of frame.styleSheets)
      for (const rule of sheet.cssRules) {
        if (!isMediaRule(rule)) continue;
        const written = darkRules.get(rule) ?? rule.media.mediaText;
        if (!/prefers-color-scheme:\s*dark/u.test(written)) continue;
        darkRules.set(rule, written);
        rule.media.mediaText = theme === "dark" ? "screen" : theme === "light" ? "not all" : written;
      }
  };
  follow();
  heard.add(follow);
  return () => heard.delete(follow);
}

/** A frame has classes of its own. */
function isMediaRule(rule: CSSRule): rule is CSSMediaRule {
  return "media" in rule && "cssRules" in rule;
}

function show(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const follow of heard) follow();
}
