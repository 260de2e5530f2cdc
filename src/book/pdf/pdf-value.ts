/** Values of a PDF file as a tree: read from its text and written back, references told apart from all else. */

export type PdfValue =
  /** A number, a name, a word or a string, as it stands in the file. */
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "reference"; readonly to: number }
  | { readonly kind: "array"; readonly of: readonly PdfValue[] }
  | PdfDictionary;

/** Keys without their slash. */
export interface PdfDictionary {
  readonly kind: "dictionary";
  readonly of: ReadonlyMap<string, PdfValue>;
}

export function plain(text: string | number): PdfValue {
  return { kind: "plain", text: String(text) };
}

export function reference(to: number): PdfValue {
  return { kind: "reference", to };
}

export function array(of: readonly PdfValue[]): PdfValue {
  return { kind: "array", of };
}

export function dictionary(entries: Iterable<readonly [string, PdfValue]>): PdfDictionary {
  return { kind: "dictionary", of: new Map(entries) };
}

/** The dictionary with some of its entries replaced; `undefined` takes one out. */
export function changed(one: PdfDictionary, entries: Readonly<Record<string, PdfValue | undefined>>): PdfDictionary {
  const of = new Map(one.of);
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined) of.delete(key);
    else of.set(key, value);
  }
  return { kind: "dictionary", of };
}

/** Reads one value. Throws where the text is none: what is read here was written by a program. */
export function readPdfValue(text: string): PdfValue {
  return new Reader(text).value();
}

export function writePdfValue(value: PdfValue): string {
  switch (value.kind) {
    case "plain":
      return value.text;
    case "reference":
      return `${value.to} 0 R`;
    case "array":
      return `[${value.of.map(writePdfValue).join(" ")}]`;
    case "dictionary":
      return `<<${[...value.of].map(([key, one]) => `/${key} ${writePdfValue(one)}`).join("\n")}>>`;
    default:
      return value satisfies never;
  }
}

/** The same value with every reference led elsewhere. */
export function mapReferences(value: PdfValue, to: (old: number) => number): PdfValue {
  switch (value.kind) {
    case "reference":
      return reference(to(value.to));
    case "array":
      return array(value.of.map((one) => mapReferences(one, to)));
    case "dictionary":
      return dictionary([...value.of].map(([key, one]) => [key, mapReferences(one, to)]));
    default:
      return value;
  }
}

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(): PdfValue {
    this.space();
    const { text, at } = this;
    if (text.startsWith("<<", at)) return this.dictionary();
    const first = text[at];
    if (first === "[") return this.array();
    if (first === "(") return this.string();
    const word = this.match(first === "<" ? /<[0-9A-Fa-f\s]*>/uy : /\/[^\s()<>[\]{}/%]*|[^\s()<>[\]{}/%]+/uy);
    if (!/^\d+$/u.test(word)) return plain(word);
    REFERENCE.lastIndex = this.at;
    if (!REFERENCE.test(text)) return plain(word);
    this.at = REFERENCE.lastIndex;
    return reference(Number(word));
  }

  private dictionary(): PdfDictionary {
    this.at += 2;
    const of = new Map<string, PdfValue>();
    for (;;) {
      this.space();
      if (this.text.startsWith(">>", this.at)) break;
      const key = this.match(/\/[^\s()<>[\]{}/%]*/uy);
      of.set(key.slice(1), this.value());
    }
    this.at += 2;
    return { kind: "dictionary", of };
  }

  private array(): PdfValue {
    this.at++;
    const of: PdfValue[] = [];
    for (;;) {
      this.space();
      if (this.text[this.at] === "]") break;
      of.push(this.value());
    }
    this.at++;
    return array(of);
  }

  /** Parentheses within a string are balanced or escaped. */
  private string(): PdfValue {
    const from = this.at;
    let open = 0;
    for (; this.at < this.text.length; this.at++) {
      const sign = this.text[this.at];
      if (sign === "\\") this.at++;
      else if (sign === "(") open++;
      else if (sign === ")" && --open === 0) return plain(this.text.slice(from, ++this.at));
    }
    throw new Error("a string of the PDF does not end");
  }

  private space(): void {
    while (" \n\r\t\f\0".includes(this.text[this.at] ?? "x")) this.at++;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) throw new Error(`no value of a PDF at \`${this.text.slice(this.at, this.at + 20)}\``);
    this.at += found.length;
    return found;
  }
}

const REFERENCE = /\s+\d+\s+R(?![A-Za-z0-9])/uy;
