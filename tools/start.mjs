// `npm start`: installs and builds what is stale, then runs the reference design on its embedded data, and says how long all of it took.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt, root } from "./build.mjs";

const started = Date.now();
ensureBuilt();
const built = Date.now();
const args = process.argv.slice(2);
const command = args.length > 0 ? args : ["run", "designs/movie-recommendations.md"];
const result = spawnSync(process.execPath, [join(root, "bin", "heptad.js"), ...command], {
  cwd: root,
  stdio: "inherit",
});
if (args.length === 0 && result.status === 0) {
  const made = built - started > 1000 ? `built in ${spell(built - started)}, ` : "";
  console.error(`${made}ran ${command[1]} in ${spell(Date.now() - built)}`);
}
process.exit(result.status ?? 1);

function spell(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
