/** What stands for the id of a payment of the data that says none: its row, marked as no id of a caller's. */

const MARK = "\0";

export function idOfRow(row: number): string {
  return `${MARK}${row}`;
}

export function isOfRow(id: string | number): boolean {
  return typeof id === "string" && id.startsWith(MARK);
}

/** As earlier versions wrote it. */
export function unmarked(id: string): string {
  return id.slice(MARK.length);
}
