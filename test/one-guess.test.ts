import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./run-note.ts";

/** What a newcomer looks for, the end of the path that one would guess, and what the file says of itself in its first line. */
const GUESSES: readonly (readonly [question: string, guess: string, says: RegExp])[] = [
  ["the rule that target encoding leaks", "3-data/rules/target-encoding-leak", /label/u],
  ["the rule that a random split does not fit data with time", "rules/random-split-on-temporal-data", /split|time/u],
  ["the rule about peeking at an experiment", "6-deploy/rules/peeking", /early|read|look/u],
  ["the question bank about FLOPs of a convolution", "questions/conv-flops", /conv/u],
  ["a question about the sample size of a conversion", "questions/sample-size-conversion", /sample|conversion/u],
  ["Little's law among the estimates", "estimates/little-law", /how many requests are in a system/iu],
  ["the estimate of an HNSW index", "estimates/hnsw-index", /HNSW/u],
  ["HNSW as an index", "6-deploy/index/hnsw", /HNSW/u],
  ["the hot loop of HNSW", "kernels/hnsw", /small world/u],
  ["implicit ALS", "4-model/models/als", /alternating least squares|ALS/iu],
  ["the two-tower network", "4-model/models/two-tower", /two-tower/iu],
  ["LambdaRank", "lambdarank", /LambdaRank/u],
  ["isotonic calibration", "isotonic-calibration", /isotonic/iu],
  ["NDCG", "metrics/ndcg", /NDCG/u],
  ["AUC ROC", "metrics/auc-roc", /ROC/u],
  ["where metrics are registered", "metrics/catalogue", /metric/iu],
  ["the bootstrap", "protocols/bootstrap", /bootstrap/iu],
  ["the split by time", "3-data/split/by-time", /moment/u],
  ["leave one out", "split/by-time-per-unit", /unit/u],
  ["point-in-time features", "features/build-features", /features/u],
  ["what a run does about imbalance", "sample/imbalance", /imbalance|positives/iu],
  ["the form of a task that ranks", "3-data/ranked-task", /ranks/u],
  ["the form of a task that scores", "3-data/scored-task", /scores/u],
  ["the sample-ratio test", "experiment/sample-ratio", /sample ratio/iu],
  ["CUPED", "experiment/cuped", /CUPED/u],
  ["the power of a test", "experiment/power", /power/u],
  ["Wilson's interval", "experiment/proportion-interval", /Wilson/u],
  ["the population stability index", "drift/psi", /population stability index/u],
  ["the kind of visual search", "kinds/visual-search/visual-search", /visual search/iu],
  ["the kind of fraud detection", "kinds/fraud-detection/fraud-detection", /fraud/iu],
  ["where kinds are registered", "kinds/registry", /kind/u],
  ["what plan refuses", "kinds/plan-run", /refused/u],
  ["the Prometheus rules file", "service/rules-file", /Prometheus/u],
  ["the metrics that the service counts", "service/service-metrics", /counts/u],
  ["where the service's HTTP answers are put together", "service/create-service", /HTTP/u],
  ["where routes of the studio stand", "service/studio/routes", /addresses under \/api/u],
  ["the page of practice", "studio/pages/practice", /practi/iu],
  ["the language server", "lsp/server", /language server/iu],
  ["the tools that an agent gets", "mcp/server", /agent|MCP|tools/u],
  ["the command that runs a note", "cli/commands/run", /`heptad run`/u],
  ["the command that serves a note", "cli/commands/serve", /`heptad serve`/u],
  ["SARIF", "review/render/sarif", /SARIF/u],
  ["the write-ahead log", "node/write-ahead-log", /log/u],
  ["DuckDB", "node/duckdb", /DuckDB/u],
  ["spaced repetition", "practice/memory", /due again/u],
  ["reading a quantity with its unit", "core/quantity", /quantit/iu],
  ["the report's page", "report/html", /page/u],
  ["importing plain notes", "note/import/import-note", /plain notes/u],
  ["the book as PDF", "book/write-typst", /Typst|paper|PDF/iu],
  ["who may import whom", "tools/check-boundaries", /who imports whom/u],
  ["what the door exports", "src/index", /door/u],
];

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(ROOT.length + 1)
        .replaceAll("\\", "/"),
    )
    .filter(
      (path) =>
        /\.(tsx?|yaml)$/u.test(path) && !/\.(test|gen|scalar)\.tsx?$/u.test(path) && !path.includes("/assembly/"),
    );
}

const files = ["src", "tools"].flatMap(filesIn);

describe("a newcomer's one guess", () => {
  it.each(GUESSES)("%s: %s", (_, guess, says) => {
    const found = files.filter((path) => `/${path.replace(/\.\w+$/u, "")}`.endsWith(`/${guess}`));
    expect(found).toHaveLength(1);
    // A question of the bank says what it asks in its first fields, all else in its first line.
    const lines = readFileSync(join(ROOT, found[0]), "utf8").split("\n");
    expect(lines.slice(0, found[0].endsWith(".yaml") ? 12 : 1).join("\n")).toMatch(says);
  });

  it("is asked forty times at least", () => {
    expect(new Set(GUESSES.map(([question]) => question)).size).toBeGreaterThanOrEqual(40);
  });
});
