/** The language of a note: Markdown with YAML in its front matter and its fences, coloured by what matters in a design. */

import { defineLanguageFacet, HighlightStyle, Language, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { parseMixed } from "@lezer/common";
import { styleTags, tags } from "@lezer/highlight";
import { parser as markdown } from "@lezer/markdown";
import { parser as yaml } from "@lezer/yaml";

const facts = yaml.configure({
  props: [
    styleTags({
      "Key/Literal Key/QuotedLiteral": tags.propertyName,
      "Literal QuotedLiteral BlockLiteralContent": tags.string,
      Comment: tags.comment,
    }),
  ],
});

const parser = markdown.configure([
  {
    props: [
      styleTags({
        "ATXHeading1/... ATXHeading2/... ATXHeading3/...": tags.heading,
        "FencedCode/CodeMark FencedCode/CodeInfo": tags.meta,
      }),
    ],
    wrap: parseMixed((node, input) => {
      if (node.name !== "FencedCode") return null;
      const info = node.node.getChild("CodeInfo");
      const isFacts = info !== null && /^ya?ml\b/u.test(input.read(info.from, info.to));
      return isFacts ? { parser: facts, overlay: ({ name }) => name === "CodeText" } : null;
    }),
  },
]);

const colours = HighlightStyle.define([
  { tag: tags.heading, class: "tok-heading" },
  { tag: tags.propertyName, class: "tok-key" },
  { tag: tags.string, class: "tok-value" },
  { tag: [tags.comment, tags.meta], class: "tok-quiet" },
]);

export function noteLanguage(): Extension {
  return [new Language(defineLanguageFacet(), parser, [], "note"), syntaxHighlighting(colours)];
}
