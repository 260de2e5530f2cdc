/** The first letter large, as a sentence begins. */

/** A name that is written small stays as it is: a metric such as ndcg@10 or p99, a file such as pay.csv. */
export function capital(text: string): string {
  if (/^[a-z]\S*\d/u.test(text) || /^[^\s.]+\.[\p{L}\d]/u.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
