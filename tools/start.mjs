// `npm start`: installs and builds what is stale, then runs the reference design on its embedded data.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt, root } from "./build.mjs";

ensureBuilt();
const args = process.argv.slice(2);
const command = args.length > 0 ? args : ["run", "designs/movie-recommendations.md"];
const result = spawnSync(process.execPath, [join(root, "bin", "heptad.js"), ...command], {
  cwd: root,
  stdio: "inherit",
});
process.exit(result.status ?? 1);
