/** Tells the tags of HTML from words in angle brackets, such as `<user>`, which are the note's own. */

const ELEMENTS: ReadonlySet<string> = new Set(
  `a abbr acronym address applet area article aside audio b base bdi bdo big blink blockquote body br button canvas caption
center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font
footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main
map mark marquee math menu meta meter nav nobr noframes noscript object ol optgroup option output p param picture pre progress
q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td
template textarea tfoot th thead time title tr track tt u ul var video wbr xmp
circle defs ellipse g line path polygon polyline rect text tspan use`.split(/\s+/u),
);

/** A name alone in angle brackets that no element has; with attributes it was meant as a tag. */
export function isPlaceholder(tag: string): boolean {
  const name = /^<\/?([a-z][a-z0-9-]*)\s*\/?>$/iu.exec(tag)?.[1];
  return name !== undefined && !ELEMENTS.has(name.toLowerCase());
}
