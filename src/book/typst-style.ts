/** The printed page: paper, type, running heads, tables and the index, in the light colours of the design language. */

import { PLACE_SCHEME } from "./pdf/join-pdf.ts";

export interface PageFormat {
  readonly width: string;
  readonly height: string;
  readonly margin: string;
  /** Of the body, in points. */
  readonly size: number;
  /** The most that a drawing takes below its caption. */
  readonly drawing: string;
  /** What a page has within its margins, in millimetres. */
  readonly room: { readonly width: number; readonly height: number };
  /** Above it, in millimetres. */
  readonly top: number;
  /** About how many letters of the body fit on a line. */
  readonly letters: number;
}

export const A4: PageFormat = {
  width: "210mm",
  height: "297mm",
  margin: "(x: 24mm, top: 26mm, bottom: 24mm)",
  size: 10,
  drawing: "232mm",
  room: { width: 162, height: 247 },
  top: 26,
  letters: 96,
};
/** As wide as a phone is at reading distance: no sideways scrolling, no zoom. */
export const POCKET: PageFormat = {
  width: "90mm",
  height: "160mm",
  margin: "(x: 6mm, top: 12mm, bottom: 10mm)",
  size: 9,
  drawing: "125mm",
  room: { width: 78, height: 138 },
  top: 12,
  letters: 48,
};

/** How close lines, rows and paragraphs stand: a piece takes a few lines or half a page more or less with each. */
export const DENSITIES = ["usual", "close", "closest", "loose"] as const;
export type Density = (typeof DENSITIES)[number];

/** `smaller` is taken off the size of the body, in points; the others are heights, in em where no unit is said. */
const SPACING: Readonly<
  Record<Density, { leading: number; paragraphs: number; cells: string; rows: number; inset: string; smaller: number }>
> = {
  usual: { leading: 0.62, paragraphs: 0.95, cells: "3.5pt", rows: 0.62, inset: "7pt", smaller: 0 },
  close: { leading: 0.57, paragraphs: 0.8, cells: "3pt", rows: 0.5, inset: "6pt", smaller: 0 },
  closest: { leading: 0.54, paragraphs: 0.72, cells: "2.6pt", rows: 0.42, inset: "5pt", smaller: 0.3 },
  loose: { leading: 0.68, paragraphs: 1.15, cells: "4.2pt", rows: 0.8, inset: "9pt", smaller: 0 },
};

/** The name under which a piece says where it ends. */
export const END_OF_PIECE = "!end";

/** So many rows of a table stand below a heading, or all of one that is no longer than that and a row. */
const FIRST_ROWS = 3;
export const SHORT_TABLE = FIRST_ROWS + 1;
/** So many rows of a table begin a page at least: one alone is not read as part of it. */
export const LAST_ROWS = 2;
/** Of a page: rows of long texts on a phone may take more than what a heading leaves. */
const MOST_ASKED = 0.6;

/**
 * What the first lines of every part of a book say. Everything here is ours; the text of notes comes only as strings.
 * `before` is how many pages stand before the part.
 */
export function typstStyle(format: PageFormat, title: string, before: number, density: Density = "usual"): string {
  const { width, height, margin, size, drawing } = format;
  const { leading, paragraphs, cells, rows, inset, smaller } = SPACING[density];
  return `#let ink = rgb("#14181d")
#let ink2 = rgb("#434b55")
#let ink3 = rgb("#5f6873")
#let hair = rgb("#e1e4e8")
#let wash = rgb("#f5f6f8")
#let system = rgb("#0f55b0")
#let good = rgb("#17693a")
#let warn = rgb("#835400")
#let bad = rgb("#b02318")
#let serif = ("Libertinus Serif", "DejaVu Sans")
#let sans = ("Source Sans 3", "DejaVu Sans")
#let mono = ("DejaVu Sans Mono", "DejaVu Sans")
#set document(title: ${title}, date: none)
#set page(width: ${width}, height: ${height}, margin: ${margin})
// What is asked of the pages here is asked on each of them: only the headings of this chapter, never all.
#let top-of-page = 36mm
#let running(title, id, level) = context {
  let begins = query(label(id))
  if begins.len() == 0 or begins.first().location().page() != here().page() {
    let within = query(selector(heading.where(level: level)).after(label(id)).before(here()))
    // A heading that begins the page names it.
    let next = query(selector(heading.where(level: level)).after(here())).at(0, default: none)
    if next != none and next.location().page() == here().page() and next.location().position().y < top-of-page { within.push(next) }
    set text(size: 0.84em, fill: ink3)
    grid(columns: (1fr, auto), column-gutter: 1em, title, if within.len() > 0 and ${width === "210mm"} { within.last().body })
    v(-0.6em)
    line(length: 100%, stroke: 0.5pt + hair)
  }
}
#let before = ${before}
#set page(footer: context if before + here().page() > 1 { set text(size: 0.84em, fill: ink3); align(center, str(before + here().page())) })
#set text(font: sans, size: ${size - smaller}pt, fill: ink, lang: "en", hyphenate: false, number-width: "tabular")
#set par(leading: ${leading}em, spacing: ${paragraphs}em, linebreaks: "optimized")
#set list(marker: text(fill: ink3)[–], indent: 0pt, body-indent: 0.6em, spacing: 0.6em)
#set enum(indent: 0pt, body-indent: 0.6em, spacing: 0.6em)
#set footnote.entry(separator: line(length: 20%, stroke: 0.5pt + hair))
#show heading: set block(above: 1.5em, below: 0.7em, sticky: true)
#show heading: set text(weight: 600, hyphenate: false)
#show heading.where(level: 1): set text(size: 1.9em, weight: 400, font: serif)
#show heading.where(level: 2): set text(size: 1.6em, weight: 400, font: serif)
#show heading.where(level: 3): set text(size: 1.15em)
#show heading.where(level: 4): set text(size: 1em)
#show heading.where(level: 5): set text(size: 1em, fill: ink2)
#show raw: set text(font: mono, size: 0.88em)
#show raw.where(block: true): it => block(fill: wash, inset: 8pt, radius: 3pt, width: 100%, breakable: true, it)
#show link: it => if type(it.dest) == str and not it.dest.starts-with("${PLACE_SCHEME}") { underline(stroke: 0.5pt + ink3, offset: 2pt, it) } else { it }
#show math.equation: set text(size: 1.02em)
#show math.equation.where(block: true): set align(left)
#set table(stroke: none, inset: (x: 4pt, y: ${cells}))
#show table: set text(size: 0.92em)
#show table: set par(leading: 0.5em, spacing: 0.5em, linebreaks: "simple")
#show figure: set block(breakable: true)
#set footnote(numbering: "1")
#let lead(body) = block(above: 1em, below: 1em, text(font: serif, size: 1.45em, body))
#let ask(body) = block(below: 1em, text(font: serif, size: 1.2em, fill: ink2, body))
#let small(body) = text(size: 0.86em, fill: ink3, body)
#let disc(kind) = box(baseline: 12%, width: 0.8em, height: 0.8em, {
  let r = 0.36em
  if kind == "ok" { place(center + horizon, circle(radius: r, fill: good)) }
  if kind == "open" { place(center + horizon, circle(radius: r, stroke: 0.8pt + warn)); place(left + horizon, dx: 0.04em, box(width: 0.36em, height: 0.72em, clip: true, circle(radius: r, fill: warn))) }
  if kind == "bad" { place(center + horizon, line(start: (0em, 0em), end: (0.62em, 0.62em), stroke: 1.6pt + bad)); place(center + horizon, line(start: (0.62em, 0em), end: (0em, 0.62em), stroke: 1.6pt + bad)) }
  if kind == "none" { place(center + horizon, circle(radius: r, stroke: (paint: ink3, thickness: 0.8pt, dash: "densely-dotted"))) }
})
#let state(kind, word) = { disc(kind); h(0.3em); text(weight: 600, fill: (ok: good, open: warn, bad: bad, "none": ink2).at(kind), word) }
// What breaks over pages begins where its first part stands whole: the page is asked for that much room, and it is given back.
#let begins(size, first, whole) = {
  let asked = calc.min(first, size.height * ${MOST_ASKED})
  block(above: 0pt, below: 0pt, height: asked, breakable: false)
  v(-asked)
  block(above: 0pt, below: 0pt, width: 100%, whole)
}
// A foot is never parted: it is how the last rows, which it is given, stand on one page.
// A row whose cells are short is not parted either: its other half was read as a row without a name.
#let laid-rows(columns, align, header, rows, last: (), parted: false) = { set table.cell(breakable: parted); table(
  columns: columns, align: align, stroke: (bottom: 0.5pt + hair),
  table.hline(stroke: 1pt + ink),
  ..if header.len() > 0 { (table.header(..header.map(one => text(fill: ink3, size: 0.92em, one))),) } else { () },
  ..rows,
  ..if last.len() > 0 { (table.footer(repeat: false, ..last),) } else { () },
) }
#let short-table(columns, align, header, ..cells) = block(above: 0.9em, below: 1.2em, width: 100%, breakable: false, laid-rows(columns, align, header, cells.pos()))
#let rows-table(parted: false, columns, align, header, ..cells) = {
  let (rows, across) = (cells.pos(), columns.len())
  block(above: 0.9em, below: 1.2em, width: 100%, layout(size => {
    // Alone a few rows would give their columns less than all rows do.
    let as-in-whole = columns.enumerate().map(((i, one)) => if one != auto { one } else {
      8pt + calc.max(0pt, ..range(i, rows.len(), step: across).map(at => measure(text(size: 0.92em, rows.at(at))).width))
    })
    let tall(header, some) = measure(laid-rows(as-in-whole, align, header, some), width: size.width).height
    let at = calc.max(0, rows.len() - ${LAST_ROWS} * across)
    let whole = if tall((), rows.slice(at)) > size.height * ${MOST_ASKED} { laid-rows(columns, align, header, rows, parted: parted) } else {
      laid-rows(columns, align, header, rows.slice(0, at), last: rows.slice(at), parted: parted)
    }
    let first = if rows.len() <= ${SHORT_TABLE} * across { rows } else { rows.slice(0, ${FIRST_ROWS} * across) }
    begins(size, tall(header, first), whole)
  }))
}
// Each record is a block of the page itself: one block of them all takes no heed of a drawing that comes first on its next page, and ran into the foot.
#let records(whole: false, ..all) = {
  set text(size: 0.92em)
  let held = if all.pos().len() == ${LAST_ROWS} { ${LAST_ROWS} } else { 1 }
  let first = all.pos().slice(0, held).join()
  block(stroke: (top: 1pt + ink), width: 100%, below: 0.8em, breakable: not whole, if whole { first } else {
    layout(size => begins(size, measure(first, width: size.width).height, first))
  })
  all.pos().slice(held).join()
}
#let formula(one) = align(left, math.equation(block: true, one.body))
// Typst breaks a formula at few places: a wide one is laid as pieces with room between them, each as small as it must be.
#let pieces-within(width, whole, ..within) = {
  let is = measure(whole).width
  if is <= width { whole } else if within.pos().len() > 0 { within.pos().map(one => pieces-within(width, ..one)).join([ ]) } else {
    box(scale(x: width / is * 100%, y: width / is * 100%, reflow: true, whole))
  }
}
#let long-formula(one, ..pieces) = layout(size => if measure(one).width <= size.width { formula(one) } else {
  par(hanging-indent: 2em, leading: 0.9em, pieces.pos().map(piece => pieces-within(size.width - 2.2em.to-absolute(), ..piece)).join([ ]))
})
#let derivation(parts: false, ..lines) = block(fill: wash, inset: (x: 8pt, y: ${inset}), radius: 3pt, width: 100%, above: 0.5em, below: 0.5em, breakable: parts, stack(spacing: 7pt, ..lines))
#let drawing(caption, alt, svg, note: none) = block(breakable: false, above: 1em, below: 1.2em, width: 100%)[
  #block(sticky: true, below: 0.5em, text(weight: 600, size: 0.95em, caption))
  #layout(size => {
    let whole = image(bytes(svg), format: "svg", width: size.width, alt: alt)
    let most = ${drawing} - if note == none { 0pt } else { measure(note, width: size.width).height + 1em.to-absolute() }
    if measure(whole).height <= most { whole } else { image(bytes(svg), format: "svg", height: most, alt: alt) }
  })
  #if note != none { block(above: 0.4em, note) }
]
#let ix(key) = [#metadata(key)<ix>]
// The room of a page stands before the page is known, so that finding the pages moves nothing.
#let contents-row(level, id, page, words, stays) = block(above: if level == 1 { ${rows + 0.48}em } else { ${rows}em }, below: ${rows}em, inset: (left: (level - 1) * 1.2em), sticky: stays, par(hanging-indent: 1.2em)[#link("${PLACE_SCHEME}" + id, if level == 1 { strong(words) } else { words })#h(0.4em)#box(width: 1fr, text(fill: ink3, repeat(gap: 0.2em, ".")))#box(width: 2.2em, align(right, page))])
// Said of each part when its pages are known: its labelled headings, and what the index names.
#let place-of(name, it) = (name, it.location().page(), it.location().position().y.pt())
#let places-here = context [#metadata(((${JSON.stringify(END_OF_PIECE)}, here().page(), here().position().y.pt()),))<places>#metadata(
  query(heading).filter(it => it.at("label", default: none) != none).map(it => place-of("#" + str(it.label), it)) + query(<ix>).map(it => place-of(it.value, it))
)<places>]
#let fit(body) = layout(size => {
  let content = block(width: size.width, body)
  let tall = measure(content, width: size.width).height
  if tall <= size.height { content } else {
    let share = calc.max(0.4, size.height / tall * 0.985)
    let wide = block(width: size.width / share, body)
    let height = measure(wide, width: size.width / share).height
    let final = calc.min(share, size.height / height * share)
    scale(x: share * 100%, y: share * 100%, origin: top + left, reflow: true, wide)
  }
})
`;
}
