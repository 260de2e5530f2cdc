/** Text with its code marked, and counts in words. */

/** `a` in a sentence as code; nothing else is read. */
export function Words({ children }: { readonly children: string }) {
  const parts = children.split("`");
  return <>{parts.map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

const SMALL = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

/** At the beginning of a sentence. */
export function inWords(count: number): string {
  return SMALL[count] ?? count.toLocaleString("en");
}

/** The first letter large: rules speak without one. */
export function sentence(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/** To the second, so that two runs of one minute are told apart: `26 Nov, 13:27:05`. */
export function moment(iso: string): string {
  const at = new Date(iso);
  const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  return `${day}, ${at.toTimeString().slice(0, 8)}`;
}

/** `12 min ago`, `13:27`, `yesterday`, `26 Nov`. */
export function when(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min ago`;
  if (at.toDateString() === now.toDateString()) return at.toTimeString().slice(0, 5);
  const yesterday = new Date(now.getTime() - 86_400_000);
  if (at.toDateString() === yesterday.toDateString()) return "yesterday";
  return at.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}
