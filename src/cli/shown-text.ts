/** What a note or a file's name may put on a terminal: text and colours, and nothing that the terminal would obey. */

import { controlPicture } from "../core/one-line.ts";

/** The styles that `paint` uses, and their ends: none of them hides text or moves the cursor. */
const OURS = new RegExp(`${String.fromCharCode(0x1b)}\\[(?:1|2|4|22|24|3[0-6]|39)m`, "gu");

/**
 * The text with every control character as a sign that shows it; line ends and tabs stay, and styles where we paint. Where we do not, a style is
 * the note's own: a file or a program that reads the pipe would get its escapes.
 */
export function shownText(text: string, isPainted: boolean): string {
  if (!/[^\P{Cc}\n\t]/u.test(text)) return text;
  const parts = isPainted ? text.replaceAll("\r\n", "\n").split(OURS) : [text.replaceAll("\r\n", "\n")];
  const styles = isPainted ? (text.match(OURS) ?? []) : [];
  return parts.map((part, at) => `${part.replaceAll(/[^\P{Cc}\n\t]/gu, controlPicture)}${styles[at] ?? ""}`).join("");
}
