// `npm start`: installs and builds what is stale, then runs the reference design on its embedded data, and says how long all of it took; at a
// terminal the studio stays up afterwards.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt, root } from "./build.mjs";
import { staysUp } from "./stays-up.mjs";

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
if (result.status === 0 && staysUp({ args, stdin: process.stdin, stdout: process.stdout, env: process.env })) {
  // Ctrl-C is the studio's: it ends, and this with it.
  process.on("SIGINT", () => undefined);
  const studio = spawnSync(process.execPath, [join(root, "bin", "heptad.js"), "studio"], {
    cwd: root,
    stdio: "inherit",
  });
  process.exit(studio.status ?? 0);
}
process.exit(result.status ?? 1);

function spell(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
