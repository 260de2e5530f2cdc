import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { RULES } from "../note/rules.gen.ts";
import { readReviewConfiguration } from "./review-configuration.ts";
import { reviewNote } from "./review-notes.ts";

function findingsOf(text: string) {
  const folder = temporaryFolder();
  const file = join(folder, "note.md");
  writeFileSync(file, text);
  const reviewed = reviewNote(file, true, { configuration: readReviewConfiguration(folder, RULES) });
  return reviewed?.review.findings.map(({ code, severity, message }) => ({ code, severity, message }));
}

describe("a named file that is no design", () => {
  it.each([
    ["# 广告点击预测\n\n## 数据\n日志。\n", "is in Chinese,"],
    ["# Empfehlungen\n\n## Modell\nWir wählen XGBoost, weil es schnell ist und nicht viel kostet\n", "is in German,"],
    [
      "# Návrh\n## Model\nNepoužijeme XGBoost\n## Data\ndata\n## Metrics\nAUC\n## Monitoring\nnic\n",
      "another language",
    ],
  ])("is not judged where it is in another language: %j", (text, reason) => {
    const findings = findingsOf(text);
    expect(findings).toMatchObject([{ code: "HP009", severity: "advice" }]);
    expect(findings?.[0].message).toContain(reason);
  });

  it("is an error in English, and where it was meant as one of ours", () => {
    expect(findingsOf("# Plans\n\nWhat we want to do with the data.\n")).toMatchObject([
      { code: "HP009", severity: "error" },
      { code: "HP002", severity: "error" },
    ]);
    expect(findingsOf("# 广告点击预测\n\nsystem: 广告点击\n\n## 数据\n")?.[0]).toMatchObject({ severity: "error" });
  });
});
