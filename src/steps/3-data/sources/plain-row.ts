/** Writes a row as plain comma-separated text. */

/** One row as plain comma-separated text with a line feed: what any reader takes in one way only. */
export function writePlainRow(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(",")}\n`;
}

function writeCell(cell: string): string {
  return cell === "" || /[",\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
