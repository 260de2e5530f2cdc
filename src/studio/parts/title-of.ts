/** The title of a note while it is being written: as its front matter says it, else its first heading. */

const FRONT = /^\uFEFF?---[ \t]*\n(?<front>[\s\S]*?)\n---[ \t]*(?:\n|$)/u;

export function titleOf(text: string | undefined): string | undefined {
  const front = FRONT.exec(text ?? "")?.groups?.front ?? "";
  const written = /^title:[ \t]*(?<title>.+)$/mu.exec(front)?.groups?.title;
  const title = written === undefined ? undefined : plainScalar(written.trim());
  const found = title ?? /^#[ \t]+(?<title>.+)$/mu.exec(text ?? "")?.groups?.title.trim();
  return found === undefined || found === "" ? undefined : found;
}

/** A YAML scalar of one line without its quotes, escapes and comment. */
function plainScalar(written: string): string {
  const double = /^"(?:[^"\\]|\\.)*"/u.exec(written)?.[0];
  if (double !== undefined) return unescaped(double);
  const single = /^'(?<inner>(?:[^']|'')*)'/u.exec(written)?.groups?.inner;
  if (single !== undefined) return single.replaceAll("''", "'");
  return written.replace(/(?:^|[ \t]+)#.*$/u, "");
}

function unescaped(quoted: string): string {
  try {
    // One of two digits is YAML's own.
    const known = quoted.replaceAll(/\\(?:x(?<code>[\da-f]{2})|.)/giu, (all, code) =>
      code === undefined ? all : `\\u00${code}`,
    );
    return String(JSON.parse(known));
  } catch {
    // An escape that YAML has and JSON has not.
    return quoted.slice(1, -1).replaceAll(/\\(.)/gu, "$1");
  }
}
