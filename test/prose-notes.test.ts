import { describe, expect, it } from "vitest";
import { reviewText } from "../src/note/review-text.ts";

const missing = (text: string) =>
  reviewText(text, "note.md")
    ?.review.findings.filter(({ code }) => code === "HP030")
    .map(({ message }) => message);

const STEPS = [
  ["Requirements", "10B impressions a day, and the answer within 100 ms."],
  ["ML task", "Binary classification of an impression: clicked or not."],
  ["Data", "Click logs of 90 days."],
  ["Model", "A deep network after a logistic regression."],
  ["Offline evaluation", "Split by time, log loss."],
  ["Deployment", "Shadow, then 1% of the traffic."],
  ["Monitoring", "Drift of every feature, an alert to the owner."],
] as const;

const BLANK = /\bno heading|nothing stands/u;

describe("a plain note with headings of another form", () => {
  const forms: Readonly<Record<string, (title: string, body: string, i: number) => string>> = {
    "signs of level 3": (title, body) => `### ${title}\n\n${body}\n`,
    "underlined headings": (title, body) => `${title}\n${"-".repeat(title.length)}\n\n${body}\n`,
    "bold lines": (title, body) => `**${title}**\n\n${body}\n`,
    "numbered bold lines": (title, body, i) => `**${i + 1}. ${title}:**\n\n${body}\n`,
    "a numbered list": (title, body, i) => `${i + 1}. **${title}**\n    - ${body}`,
    "a plain numbered list": (title, body, i) => `${i + 1}. ${title}\n   - ${body}`,
    "numbered bold items over paragraphs": (title, body, i) => `${i + 1}. **${title}**\n\n${body}\n`,
    "bullets with a colon": (title, body) => `- **${title}**: ${body}`,
    "headings of HTML": (title, body) => `<h2 align="center">${title}</h2>\n\n${body}\n`,
    "emoji and chapters": (title, body, i) => `## 🚀 Chapter ${i + 1}: ${title}\n\n${body}\n`,
    "links and emphasis": (title, body) => `## [*${title}*](#top)\n\n${body}\n`,
  };

  it.each(Object.keys(forms))("is covered in full: %s", (form) => {
    const text = `# Ad click prediction\n\n${STEPS.map(([title, body], i) => forms[form](title, body, i)).join("\n")}\n`;
    expect(missing(text)).toEqual([]);
  });

  it.each(Object.keys(forms))("misses exactly the step that is taken out: %s", (form) => {
    for (const [left] of STEPS) {
      const kept = STEPS.filter(([title]) => title !== left);
      const text = `# Ad click prediction\n\n${kept.map(([title, body], i) => forms[form](title, body, i)).join("\n")}\n`;
      expect(missing(text), left).toHaveLength(1);
    }
  });

  it("is covered where the steps are headings of the first level, under a title or without", () => {
    const body = STEPS.map(([title, said]) => `# ${title}\n\n${said}\n`).join("\n");
    expect(missing(body)).toEqual([]);
    expect(missing(`# Large-scale model serving system design\n\n${body}`)).toEqual([]);
  });
});

function note(...parts: readonly (readonly [title: string, body: string])[]): string {
  return `# A movie search system design\n\n${parts.map(([title, body]) => `## ${title}\n\n${body}\n`).join("\n")}`;
}

describe("what covers a step", () => {
  it("is not the title of the file", () => {
    const text = note(
      ["Requirements", "2M users."],
      ["ML task", "Ranking."],
      ["Data", "Logs."],
      ["Serving", "Online."],
    );
    expect(missing(text)?.join(" ")).toMatch(/step 4.*step 5.*step 7/u);
  });

  it("is not part of a word: constraints are requirements, not training", () => {
    const text = note(
      ["Constraints", "Answers in 100 ms."],
      ["Data", "Logs."],
      ["Model", "Two towers."],
      ["Deployment", "A/B test."],
      ["Monitoring", "Drift."],
    );
    const said = missing(text)?.join(" ");
    expect(said).not.toContain("step 1,");
    expect(said).toContain("step 5,");
  });

  it("is not a heading with nothing under it, a bare bullet, a rule or a mark that it is to come", () => {
    for (const empty of ["", "---", "TODO", "- [ ] TBD", "<!-- later -->", "- Monitoring\n- Drift", "..."]) {
      const text = note(...STEPS.slice(0, 6), ["Monitoring", empty]);
      expect(missing(text), empty).toEqual([
        `from prose: ${empty === "" ? "nothing" : "no sentence"} stands under \`Monitoring\`, the heading of step 7, monitoring and continuous improvement`,
      ]);
    }
  });

  it("is a picture, a table, a drawing or a formula", () => {
    for (const kept of [
      "![flow](flow.png)",
      "| a | b |\n| - | - |\n| 1 | 2 |",
      "```mermaid\ngraph LR\n```",
      "$$ x^2 $$",
    ]) {
      expect(missing(note(...STEPS.slice(0, 6), ["Monitoring", kept])), kept).toEqual([]);
    }
  });

  it("is what stands below, where a heading only opens others", () => {
    const text = note(...STEPS.slice(0, 6)).concat("\n## Monitoring\n\n### Business metrics\n\nRevenue per search.\n");
    expect(missing(text)).toEqual([]);
  });

  it("is a heading of two steps for both, told apart by its bullets", () => {
    const text = note(
      [
        "Problem Formulation",
        "* Clarifying questions\n  * Who asks? Members only.\n* ML formulation\n  * Ranking of titles.",
      ],
      ...STEPS.slice(2),
    );
    expect(missing(text)).toEqual([]);
    const onlyOne = text.replace("* ML formulation\n  * Ranking of titles.", "* ML formulation");
    expect(missing(onlyOne)).toEqual([
      "from prose: no sentence stands under `Problem Formulation`, the heading of step 2, frame the ml problem, on that step",
    ]);
  });

  it("is asked where the wording is not known, and guessed nowhere", () => {
    const text = note(...STEPS.slice(0, 6), ["Where the money goes", "Somewhere."]);
    const finding = reviewText(text, "note.md")?.review.findings.find(({ code }) => code === "HP030");
    expect(finding?.message).toBe(
      "from prose: no heading that is known covers step 7, monitoring and continuous improvement",
    );
    expect(finding?.fix).toContain("`Where the money goes`");
  });
});

describe("a bullet that only names a topic", () => {
  const named = (text: string) =>
    reviewText(text, "note.md")?.review.findings.flatMap(({ name }) =>
      name.startsWith("prose-without-") ? [name] : [],
    );

  it("does not speak of it, and a metric by its name does", () => {
    const text = note(...STEPS.slice(0, 5), ["Deployment", "- A/B Test\n- Canary\n\nBehind the gateway."], STEPS[6]);
    expect(named(text)).toContain("prose-without-experiment");
    expect(named(text)).toContain("prose-without-rollout");
    const metrics = note(STEPS[0], ["Metrics", "- MRR\n- Recall@k"], ...STEPS.slice(2));
    expect(named(metrics)).not.toContain("prose-without-offline-metric");
  });

  it("speaks of it where it says something or has something below it", () => {
    for (const said of ["- A/B test on members, 14 days", "- A/B Test\n  - members, 14 days"]) {
      expect(named(note(...STEPS.slice(0, 5), ["Deployment", said], STEPS[6]))).not.toContain(
        "prose-without-experiment",
      );
    }
  });
});

describe("several designs in a file", () => {
  const one = (title: string, left: string) =>
    `# ${title}\n\n${STEPS.filter(([name]) => name !== left)
      .map(([name, said]) => `## ${name}\n\n${said}\n`)
      .join("\n")}\n`;

  it("are reviewed each by itself", () => {
    const text = `${one("Feed ranking", "Data")}${one("Ad clicks", "Monitoring")}`;
    expect(missing(text)).toEqual([
      "from prose: of `Feed ranking`, no heading covers step 3, data engineering and feature pipeline",
      "from prose: of `Ad clicks`, no heading covers step 7, monitoring and continuous improvement",
    ]);
  });

  it("are each pointed at by their own title, below the title of the file too", () => {
    const text = `# My designs\n\nSome words.\n\n${one("Feed ranking", "Data")}${one("Ad clicks", "Monitoring")}`;
    const found = reviewText(text, "note.md")?.review.findings.filter(({ code }) => code === "HP030") ?? [];
    const lines = text.split("\n");
    expect(found.map(({ at }) => lines[(at?.start.line ?? 0) - 1])).toEqual(["# Feed ranking", "# Ad clicks"]);
  });
});

describe("a note that is no design of ours", () => {
  it.each([
    ["Chinese", "# 视频推荐系统\n\n## 1. 需求\n\n目标\n\n## 8. 监控 Monitoring\n\n漂移 Data Model Deployment\n"],
    [
      "Russian",
      "# Рекомендации\n\n## Motivation\n\nЗачем это нужно\n\n## Data\n\nЛоги кликов\n\n## Deployment\n\nТест\n\n## Monitoring\n\nДрейф\n\n## Training\n\nКаждый день\n",
    ],
    [
      "German",
      "# Suche\n\n## Motivation\n\nDie Suche ist für alle da und nicht nur für das Team.\n\n## Training\n\nMit den Daten der Woche.\n\n## Deployment\n\nAuf dem Server.\n\n## Monitoring\n\nVon der Bereitschaft.\n",
    ],
    [
      "Spanish",
      "# Búsqueda\n\n## Training\n\nCon los datos de la semana para el equipo.\n\n## Data\n\nEl registro.\n\n## Serving\n\nLas respuestas se dan en una hora.\n\n## Monitoring\n\nPor el equipo.\n",
    ],
  ])("in %s is not judged", (_, text) => {
    expect(reviewText(text, "note.md")).toBeUndefined();
  });

  it("is not read for facts because of front matter of another tool and YAML of another tool", () => {
    const text = `---\ntags: [ml, ads]\nname: ad-clicks\n---\n${note(...STEPS)}\n## 6. Deployment of Kubernetes\n\n\`\`\`yaml\napiVersion: v1\nkind: Pod\n\`\`\`\n`;
    const review = reviewText(text, "note.md")?.review;
    expect(review?.fromProse).toBe(true);
    expect(review?.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

it("marks nothing as missing by words that only a comment or a fence holds", () => {
  const text = note(...STEPS.slice(0, 6)).concat(
    "\n```text\n## Monitoring\n\nDrift\n```\n<!--\n## Monitoring\n\nDrift\n-->\n",
  );
  expect(missing(text)?.some((message) => BLANK.test(message))).toBe(true);
});
