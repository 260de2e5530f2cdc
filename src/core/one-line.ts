/** A text of data as one line: line ends and other control characters as signs that show them, so that it breaks no table and no sentence. */

/** Line ends of Unicode are no control characters, and end a line all the same. */
const CONTROL = /[\p{Cc}\u2028\u2029]/gu;

export function inOneLine(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(CONTROL, controlPicture);
}

/** Unicode has pictures of the control characters of ASCII; the others have none. */
export function controlPicture(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return code === 0x2028 || code === 0x2029 ? "\u240A" : "\uFFFD";
}
