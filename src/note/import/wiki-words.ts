/** What notes of Obsidian and its kin say beside their words: none of it is prose that facts are read from. */

/** The line with a mark in place of what is not shown or names a place: comments, embeds, the target of a link, the id of a block. */
export function withoutWikiMarks(text: string): string {
  if (!/%%|\[\[|\^/u.test(text)) return text;
  return text
    .replaceAll(/(?<!\d)%%(?:(?!%%).)+%%|!\[\[[^\]]*\]\]|\[\[[^\]|]*\|(?=[^\]]*\]\])/gu, hidden)
    .replace(/(?<=^|\s)\^[A-Za-z\d-]+\s*$/u, hidden);
}

/** As many code units as before: the places of the other words stay. */
function hidden(marks: string): string {
  return marks.replaceAll(/\S/gu, (one) => "·".repeat(one.length));
}

/** `> [!quote]` opens a box; undefined where the line opens none. */
export function calloutOf(line: string): string | undefined {
  return /^\s*>\s*\[!(?<kind>[\w-]+)\]/u.exec(line)?.groups?.kind.toLowerCase();
}

/** Boxes in which another speaks, or which show how it might be, ask, or say what is still to do. */
export function isOwnCallout(kind: string): boolean {
  return !/^(?:quote|cite|example|question|help|faq|todo|bug|failure|fail|missing)$/u.test(kind);
}
