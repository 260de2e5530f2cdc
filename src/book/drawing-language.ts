/** Languages in which notes write drawings as text: a book sets their source, since nothing here draws them. */

const NAMES: ReadonlyMap<string, string> = new Map([
  ["mermaid", "Mermaid"],
  ["plantuml", "PlantUML"],
  ["puml", "PlantUML"],
  ["dot", "Graphviz"],
  ["graphviz", "Graphviz"],
  ["d2", "D2"],
]);

/** The name of the language of a block of code, where it is one of drawings. */
export function drawingLanguage(language: string): string | undefined {
  return NAMES.get(language.toLowerCase());
}
