/** Every action that a key or the palette does, with its name and its keys: buttons, palette and the page of keys read it here. */

export interface About {
  readonly name: string;
  /** As `use-actions.ts` reads them; none where the palette and a button are enough. */
  readonly keys?: readonly string[];
}

/** What holds where, in the order of the page of keys. */
export const EVERYWHERE = {
  search: { name: "Search or run a command", keys: ["Ctrl+k"] },
  library: { name: "Search the library", keys: ["Alt+l"] },
  newDesign: { name: "New design", keys: ["Alt+n"] },
  fromData: { name: "New design from data" },
  importNote: { name: "Import a note" },
  practise: { name: "Practise", keys: ["Alt+p"] },
  tenQuestions: { name: "Practise: ten questions" },
  dailySet: { name: "Practise: today's set" },
  gauntlet: { name: "Practise: twenty minutes against the clock" },
  keys: { name: "Keys and commands", keys: ["Alt+h"] },
  light: { name: "Light theme" },
  dark: { name: "Dark theme" },
  system: { name: "Theme of the system" },
} as const satisfies Record<string, About>;

export const ON_A_DESIGN = {
  run: { name: "Run", keys: ["Alt+r"] },
  stopRun: { name: "Stop the run" },
  mend: { name: "Mend the first finding that can be mended", keys: ["Alt+m"] },
  waive: { name: "Waive the first finding, with a reason", keys: ["Alt+w"] },
  nextFinding: { name: "Next finding", keys: ["f8"] },
  lastFinding: { name: "Previous finding", keys: ["Shift+f8"] },
  review: { name: "Show the review" },
  estimate: { name: "Show the estimate" },
  runs: { name: "Show the runs" },
  serving: { name: "Show the service" },
  writeEstimate: { name: "Write the moved sliders into the note" },
  drawSvg: { name: "Save the drawing of the system as SVG" },
  drawMermaid: { name: "Save the drawing of the system as Mermaid" },
  compareNewest: { name: "Compare the two newest runs" },
  serve: { name: "Start serving" },
  stopServing: { name: "Stop serving" },
  print: { name: "Print" },
} as const satisfies Record<string, About>;

export const IN_PRACTICE = {
  hint: { name: "Hint, costs a quarter", keys: ["?"] },
  leaveOpen: { name: "Leave open", keys: ["-"] },
  sure25: { name: "25 % sure, a guess", keys: ["1"] },
  sure50: { name: "50 % sure, a coin", keys: ["2"] },
  sure70: { name: "70 % sure", keys: ["3"] },
  sure85: { name: "85 % sure", keys: ["4"] },
  sure95: { name: "95 % sure, certain", keys: ["5"] },
  stopSitting: { name: "Stop this sitting" },
} as const satisfies Record<string, About>;

export type ActionId = keyof typeof EVERYWHERE | keyof typeof ON_A_DESIGN | keyof typeof IN_PRACTICE;

/** In the order of the palette: what belongs to the page comes first. */
export const ACTIONS: Readonly<Record<ActionId, About>> = { ...ON_A_DESIGN, ...IN_PRACTICE, ...EVERYWHERE };

/** Keys that the browser or a field gives by itself: nothing is registered for them. */
export const OF_FIELDS: readonly { readonly keys: string; readonly name: string }[] = [
  { keys: "Enter", name: "In a field: answer, send or write it; on a button: press it" },
  { keys: "Ctrl Enter", name: "In a text of several lines: answer" },
  { keys: "Tab", name: "To the next thing; in the note, once something was typed there, indent" },
  { keys: "Escape", name: "Leave the note, the palette, or a waiver that was begun" },
  { keys: "← →", name: "On a tab: the next one; on a slider: another value" },
];

/** As a key is printed: `Ctrl K`, `Shift F8`, `−`. */
export function printedKey(key: string): string {
  return key
    .split(/\+(?=.)/u)
    .map((part) => (part === "-" ? "−" : /^f\d+$|^[a-z]$/u.test(part) ? part.toUpperCase() : part))
    .join(" ");
}
