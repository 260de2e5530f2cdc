// `npm test`: every check and every test; the last line is the runner's own count. `npm run check` is the same.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt, root, run } from "./build.mjs";

ensureBuilt();
const node = process.execPath;
const tsc = "node_modules/typescript/bin/tsc";
run("types, pure zones", node, [tsc, "-p", "tsconfig.pure.json"]);
run("types, tests", node, [tsc, "-p", "tsconfig.test.json"]);
run("lint and format", node, ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."]);
run("import directions", node, ["dist/tools/check-boundaries.js"]);
run("what stages run", node, ["dist/tools/check-stages.js"]);
run("what is exported", node, ["dist/tools/check-exports.js"]);
run("generated files", node, ["dist/tools/gen.js", "--check"]);

const folder = mkdtempSync(join(tmpdir(), "heptad-test-"));
const report = join(folder, "report.json");
const extra = process.argv.slice(2).filter((argument) => argument !== "--check");
const vitest = [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
];
const result = spawnSync(node, [...vitest, ...extra], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
let count;
try {
  count = JSON.parse(readFileSync(report, "utf8"));
} catch {
  process.stderr.write("the test runner left no report\n");
  process.exit(1);
}
rmSync(folder, { recursive: true, force: true });
const skipped = count.numPendingTests + count.numTodoTests;
const brokenFiles = count.testResults.filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
).length;
const failed = count.numFailedTests + brokenFiles;
const tail = skipped > 0 ? `, ${skipped} skipped` : "";
process.stdout.write(`\n${count.numPassedTests} passed, ${failed} failed${tail}\n`);
process.exit(result.status === 0 && failed === 0 && count.numPassedTests > 0 ? 0 : 1);
