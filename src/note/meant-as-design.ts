/** Whether a text says of itself that it is a design note, however little of it can be read. */

/** Front matter stands at the top; what is further down than this is none. */
const LOOKED_AT = 20_000;

/** A line `heptad:` in front matter that is closed, or before the first heading of one that is not. */
export function isMeantAsDesign(text: string): boolean {
  const start = text.replace(/^\ufeff/u, "").slice(0, LOOKED_AT);
  // What was put before it, such as a blank or an empty line, keeps it from being read, and changes nothing of what was meant.
  const opened = /^\s*---[ \t]*(?:\r\n|\n|\r)/u.exec(start);
  if (opened === null) return false;
  const rest = start.slice(opened[0].length);
  const end = /^(?:---[ \t]*$|#)/mu.exec(rest)?.index ?? rest.length;
  return /^heptad[ \t]*:/mu.test(rest.slice(0, end));
}
