/** Writes objects of a PDF one after the other, then the table that says where each stands. */

import { changed, type PdfDictionary, type PdfValue, plain, writePdfValue } from "./pdf-value.ts";
import { fromLatin1 } from "./read-pdf.ts";

export class PdfWriter {
  private readonly written: Uint8Array[] = [];
  private readonly places: number[] = [];
  private length = 0;

  constructor() {
    // Bytes above 127 in the second line tell programs that carry files that this one is not text.
    this.add("%PDF-1.7\n%\u0080\u0080\u0080\u0080\n\n");
  }

  object(number: number, value: PdfValue, stream?: Uint8Array): void {
    this.places[number] = this.length;
    this.add(`${number} 0 obj\n${writePdfValue(value)}`);
    if (stream !== undefined) {
      this.add("\nstream\n");
      this.add(stream);
      this.add("\nendstream");
    }
    this.add("\nendobj\n");
  }

  ended(trailer: PdfDictionary): Uint8Array {
    const start = this.length;
    // Numbers that no object has are free, each the next after the last.
    const free = Array.from(this.places, (place, i) => (place === undefined ? i : -1)).filter((i) => i >= 0);
    const lines = Array.from(this.places, (place, i) =>
      place === undefined
        ? `${String(free[free.indexOf(i) + 1] ?? 0).padStart(10, "0")} 65535 f\r\n`
        : `${String(place).padStart(10, "0")} 00000 n\r\n`,
    );
    const ending = writePdfValue(changed(trailer, { Size: plain(lines.length) }));
    this.add(`xref\n0 ${lines.length}\n${lines.join("")}trailer\n${ending}\nstartxref\n${start}\n%%EOF\n`);
    const whole = new Uint8Array(this.length);
    let at = 0;
    for (const bytes of this.written) {
      whole.set(bytes, at);
      at += bytes.length;
    }
    return whole;
  }

  private add(part: string | Uint8Array): void {
    const bytes = typeof part === "string" ? fromLatin1(part) : part;
    this.written.push(bytes);
    this.length += bytes.length;
  }
}
