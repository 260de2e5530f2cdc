/** Rules, patterns and questions as chapters of a book: what a design refers to is in the same book. */

import type { Library } from "../library/library.ts";
import { PATTERN_SECTIONS, type Pattern } from "../library/pattern.ts";
import { citeWork } from "../library/work.ts";
import type { Question } from "../practice/question.ts";
import { explainRule } from "../review/explain.ts";
import type { Rule } from "../review/rule.ts";
import { REFERENCES } from "../steps/references.ts";
import { type Block, type Chapter, code, heading, type Inline, paragraph, text } from "./document.ts";
import { patternId, ruleId, ruleLink } from "./finding-blocks.ts";
import { readMarkdown } from "./read-markdown.ts";

export function ruleChapter(rule: Rule, patterns: readonly Pattern[]): Chapter {
  const file = `docs/rules/${rule.code}.md`;
  const source = explainRule(rule, REFERENCES).replace(/^# .*\n/u, "");
  const { blocks } = readMarkdown(source, { file, line: 2, depth: 0 });
  const seen = patterns.filter((pattern) => pattern.rules.includes(rule.name));
  return {
    id: ruleId(rule.name),
    title: `${rule.code} ${rule.name}`,
    blocks: [...blocks, ...seeAlso("Patterns that keep it", seen.map(patternLink))],
  };
}

export function patternChapter(
  pattern: Pattern,
  { works }: Library,
  rules: readonly Rule[],
  hasQuestions: boolean,
): Chapter {
  const { name, title, steps, sections, sources, questions } = pattern;
  const body = PATTERN_SECTIONS.flatMap((one): Block[] => [
    heading(1, one),
    ...readMarkdown(sections[one], { file: `library/patterns/${name}.md`, line: 1, depth: 1 }).blocks,
  ]);
  const cited = works.filter(({ id }) => sources.includes(id)).map((work): Block[] => [paragraph(citeWork(work))]);
  const named = pattern.rules.flatMap((one) => {
    const rule = rules.find((candidate) => candidate.name === one);
    return rule === undefined ? [] : [ruleLink(rule.code, rule.name)];
  });
  const asked = questions.map(
    (id): Inline =>
      hasQuestions ? { kind: "link", to: `#${questionId(id)}`, of: [text(id)] } : code(`heptad practice ${id}`),
  );
  return {
    id: patternId(name),
    title,
    blocks: [
      {
        kind: "paragraph",
        of: [{ kind: "small", of: [text(`${steps.length === 1 ? "Step" : "Steps"} ${steps.join(", ")}`)] }],
      },
      ...body,
      ...seeAlso("Rules that watch it", named),
      ...seeAlso("Questions about it", asked),
      ...(cited.length === 0 ? [] : [heading(1, "Sources"), { kind: "list", start: null, items: cited } as const]),
    ],
  };
}

/** The question alone: an answer that can be read beside it teaches nothing. */
export function questionChapter(question: Question, step: number): Chapter {
  const values = { ...question.facts, ...question.given };
  const rows = Object.entries(values).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(" or ") : String(value),
  ]);
  const { blocks } = readMarkdown(question.ask, { file: `${question.id}.yaml`, line: 1, depth: 1 });
  return {
    id: questionId(question.id),
    title: question.title,
    blocks: [
      {
        kind: "paragraph",
        of: [
          {
            kind: "small",
            of: [text(`Step ${step} · ${question.area} · level ${question.level} · about ${question.minutes} min`)],
          },
        ],
      },
      ...blocks,
      ...(rows.length === 0
        ? []
        : [
            paragraph({ kind: "small", of: [text("Values, drawn afresh each time where a range is given:")] }),
            {
              kind: "table",
              header: [],
              rows: rows.map(([name, value]) => [[code(name)], [text(value)]]),
              right: [false, false],
              isNamed: true,
            } as const,
          ]),
      paragraph("To answer it and be graded: ", code(`heptad practice ${question.id}`)),
    ],
  };
}

function questionId(id: string): string {
  return `question-${id}`;
}

function patternLink({ name, title }: Pattern): Inline {
  return { kind: "link", to: `#${patternId(name)}`, of: [text(title)] };
}

function seeAlso(title: string, links: readonly Inline[]): Block[] {
  return links.length === 0
    ? []
    : [heading(1, title), { kind: "list", start: null, items: links.map((one) => [paragraph(one)]) }];
}
