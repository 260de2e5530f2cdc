// `npm test`: every check and every test; the last line is the runner's own count. `npm run check` is the same.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt, root, runBeside } from "./build.mjs";

ensureBuilt();
const node = process.execPath;
const tsc = "node_modules/typescript/bin/tsc";
// Beside each other: each alone leaves a core idle for half of its time.
await Promise.all(
  [
    ["types, pure zones", tsc, "-p", "tsconfig.pure.json"],
    ["types, tests", tsc, "-p", "tsconfig.test.json"],
    ["lint and format", "node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."],
    ["import directions", "dist/tools/check-boundaries.js"],
    ["what stages run", "dist/tools/check-stages.js"],
    ["what is exported", "dist/tools/check-exports.js"],
    ["generated files", "dist/tools/gen.js", "--check"],
  ].map(([what, ...words]) => runBeside(what, node, words)),
);

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
