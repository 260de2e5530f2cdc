// `npm test`: every check and every test; the last line is the runner's own count. `npm run check` is the same. With --long the tests that
// take minutes, and no checks.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt, root, runBeside, THRIFTY_TSC } from "./build.mjs";

ensureBuilt();
const node = process.execPath;
const tsc = ["node_modules/typescript/bin/tsc", ...THRIFTY_TSC.args];
const CHECKS = [
  ["types, pure zones", ...tsc, "-p", "tsconfig.pure.json"],
  ["types, tests", ...tsc, "-p", "tsconfig.test.json"],
  ["types, studio", ...tsc, "-p", "tsconfig.studio.json"],
  ["lint and format", "node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."],
  ["import directions", "dist/tools/check-boundaries.js"],
  ["what stages run", "dist/tools/check-stages.js"],
  ["what is exported", "dist/tools/check-exports.js"],
  ["generated files", "dist/tools/gen.js", "--check"],
];

const folder = mkdtempSync(join(tmpdir(), "heptad-test-"));
const report = join(folder, "report.json");
const isLong = process.argv.includes("--long");
const extra = process.argv.slice(2).filter((argument) => argument !== "--check" && argument !== "--long");
const vitest = [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...(isLong ? ["--config", "vitest.long.config.ts"] : []),
];
// The checks fill what tests leave idle while they wait for servers, browsers and clocks.
const [status, broken] = await Promise.all([tests(), isLong ? [] : checks()]);
let count;
try {
  count = JSON.parse(readFileSync(report, "utf8"));
} catch {
  process.stderr.write("the test runner left no report\n");
  process.exit(1);
}
rmSync(folder, { recursive: true, force: true });
for (const what of broken) process.stderr.write(`\n${what}: failed, see above\n`);
const skipped = count.numPendingTests + count.numTodoTests;
const brokenFiles = count.testResults.filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
).length;
const failed = count.numFailedTests + brokenFiles + broken.length;
const tail = skipped > 0 ? `, ${skipped} skipped` : "";
process.stdout.write(`\n${count.numPassedTests} passed, ${failed} failed${tail}\n`);
process.exit(status === 0 && failed === 0 && count.numPassedTests > 0 ? 0 : 1);

function tests() {
  return new Promise((resolve) => {
    const env = { ...process.env, HEPTAD_BUILT: "1" };
    const child = spawn(node, [...vitest, ...extra], { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
    child.once("close", resolve);
  });
}

/** One after another; resolves with those that failed. */
async function checks() {
  const failures = [];
  for (const [what, ...words] of CHECKS)
    if (!(await runBeside(what, node, words, THRIFTY_TSC.env))) failures.push(what);
  return failures;
}
