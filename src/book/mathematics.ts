/** Mathematics in LaTeX: checked, as MathML for pages, and as Typst for paper, both from one reading. */

import temml from "temml";

/** Formulas are lines of a note; a longer one is data. */
const MOST_CHARACTERS = 4000;

/** What is wrong with a formula, or undefined. */
export function mathProblem(tex: string): string | undefined {
  if (tex.length > MOST_CHARACTERS) return `it is longer than ${MOST_CHARACTERS} characters`;
  try {
    render(tex, false);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(/\s+/gu, " ").trim().slice(0, 160) : "it cannot be read";
  }
}

/** A `<math>` element. Throws for what `mathProblem` finds. */
export function toMathMl(tex: string, isBlock: boolean): string {
  return render(tex, isBlock);
}

/** The inside of a Typst equation, every name and sign as a string of its own. */
export function toTypstMath(tex: string): string {
  return toTypst(readXml(render(tex, false)));
}

function render(tex: string, displayMode: boolean): string {
  return temml.renderToString(tex, { displayMode, throwOnError: true, xml: true, trust: false, maxExpand: 200 });
}

export interface XmlNode {
  readonly name: string;
  readonly attributes: string;
  readonly children: XmlNode[];
  text: string;
}

/** Reads what Temml writes: well-formed, without comments and without text beside elements. */
export function readXml(xml: string): XmlNode {
  const root: XmlNode = { name: "root", attributes: "", children: [], text: "" };
  const open = [root];
  for (const [, close, name, attributes, empty, words] of xml.matchAll(/<(\/?)([\w:-]+)([^<>]*?)(\/?)>|([^<]+)/gu)) {
    const parent = open.at(-1) ?? root;
    if (words !== undefined) parent.text += unescapeXml(words);
    else if (close === "/") open.pop();
    else {
      const node: XmlNode = { name, attributes, children: [], text: "" };
      parent.children.push(node);
      if (empty !== "/") open.push(node);
    }
  }
  return root;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescapeXml(words: string): string {
  return words.replaceAll(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/giu,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

/** One element of a formula, with all that it holds. */
export function toTypst(node: XmlNode): string {
  const parts = node.children.map(toTypst);
  const [first = '""', second = '""', third = '""'] = parts;
  switch (node.name) {
    case "mi":
      return node.text.length === 1 || [...node.text].length === 1
        ? `italic(${quoted(node.text)})`
        : `upright(${quoted(node.text)})`;
    case "mn":
    case "mtext":
    case "ms":
      return quoted(node.text);
    case "mo":
      return typstSign(node.text);
    case "mspace":
      return "thin";
    case "mfrac":
      // In a line of text a fraction would be set too small to read.
      return `display(frac(${first}, ${second}))`;
    case "msqrt":
      return `sqrt(${parts.join(" ")})`;
    case "mroot":
      return `root(${second}, ${first})`;
    case "mrow":
      return row(node, parts);
    case "menclose":
      return enclosed(node.attributes, parts.join(" "));
    case "msub":
      return `attach(${first}, b: ${second})`;
    case "munder":
      return `attach(limits(${first}), b: ${second})`;
    case "msup":
      return `attach(${first}, t: ${second})`;
    case "mover": {
      const accent = ACCENTS.get(node.children[1]?.name === "mo" ? node.children[1].text : "");
      return accent === undefined ? `attach(limits(${first}), t: ${second})` : `${accent.replace("%", first)}`;
    }
    case "munderover":
      return `attach(limits(${first}), b: ${second}, t: ${third})`;
    case "msubsup":
      return `attach(${first}, b: ${second}, t: ${third})`;
    case "mtable":
      return `mat(delim: #none, ${parts.join("; ")})`;
    case "mtr":
      return parts.join(", ");
    case "mphantom":
      return `#hide($${parts.join(" ")}$)`;
    case "annotation":
      return "";
    default:
      return parts.length === 0 ? (node.text.trim() === "" ? '""' : quoted(node.text)) : beside(node.children, parts);
  }
}

/** What a name is called with stands at it: a space between words and brackets would be set as one. */
function beside(nodes: readonly XmlNode[], parts: readonly string[]): string {
  return parts
    .map((part, i) => {
      const isCalled = nodes[i].name === "mtext" && nodes.length > i + 1 && isFenced(nodes[i + 1]);
      return i === parts.length - 1 || isCalled ? part : `${part} `;
    })
    .join("");
}

/** What stands over a letter belongs to it: beside it, it would be a power. */
const ACCENTS: ReadonlyMap<string, string> = new Map([
  ...["^", "\u02c6"].map((sign) => [sign, "accent(%, hat)"] as const),
  ...["~", "\u02dc"].map((sign) => [sign, "accent(%, tilde)"] as const),
  ...["\u203e", "\u00af", "\u02c9"].map((sign) => [sign, "overline(%)"] as const),
  ["\u2192", "accent(%, arrow)"],
  ["\u02d9", "accent(%, dot)"],
  ["\u00a8", "accent(%, dot.double)"],
  ["\u02c7", "accent(%, caron)"],
  ["\u02d8", "accent(%, breve)"],
  ["\u00b4", "accent(%, acute)"],
  ["`", "accent(%, grave)"],
  ["\u23de", "overbrace(%)"],
]);

function enclosed(attributes: string, inside: string): string {
  const notation = /notation="([^"]*)"/u.exec(attributes)?.[1];
  if (notation === "top") return `overline(${inside})`;
  return notation === "bottom" ? `underline(${inside})` : inside;
}

/** Brackets that are as tall as what stands between them. */
export function isFenced({ name, children }: XmlNode): boolean {
  return name === "mrow" && children.length > 2 && [children[0], children[children.length - 1]].every(isFence);
}

function isFence({ name, attributes }: XmlNode): boolean {
  return name === "mo" && attributes.includes('fence="true"') && attributes.includes('stretchy="true"');
}

function row(node: XmlNode, parts: readonly string[]): string {
  if (!isFenced(node)) return beside(node.children, parts);
  const [open, close] = [node.children[0], node.children[node.children.length - 1]].map(({ text }) => delimiter(text));
  return `lr(${open} ${parts.slice(1, -1).join(" ")} ${close})`;
}

function delimiter(sign: string): string {
  return sign === ""
    ? '""'
    : /^[()[\]{}|]$/u.test(sign)
      ? `\\${sign}`
      : /^[‖⟨⟩⌊⌋⌈⌉]$/u.test(sign)
        ? sign
        : quoted(sign);
}

/** Signs that Typst knows by their character take their own spacing; all others are set as they are. */
export function typstSign(text: string): string {
  if (/^[,;]$/u.test(text)) return `class("punctuation", ${quoted(text)})`;
  if (text === "\u2061" || text === "\u2062" || text === "\u2063" || text === "") return '""';
  return /^[+=×·∑∏∫≤≥≠≈∈→−±<>∪∩]$/u.test(text) ? `class(${classOf(text)}, ${quoted(text)})` : quoted(text);
}

function classOf(text: string): string {
  if (/[∑∏∫]/u.test(text)) return '"large"';
  return /[+×·−±∪∩]/u.test(text) ? '"binary"' : '"relation"';
}

function quoted(text: string): string {
  return `"${text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll(/[\n\r\t]/gu, " ")}"`;
}
