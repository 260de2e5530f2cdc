// How npm is started on every system: by Node itself, for Windows' npm.cmd cannot be started without a shell.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The program and the arguments that come before npm's own. */
export function npmCommand({ execPath = process.execPath, env = process.env, isThere = existsSync } = {}) {
  // Set by npm itself where it runs a script; another package manager sets it too, to a script of its own.
  const running = env.npm_execpath;
  if (running !== undefined && /npm-cli\.[cm]?js$/.test(running) && isThere(running)) return [execPath, [running]];
  const beside = [
    join(dirname(execPath), "node_modules", "npm", "bin", "npm-cli.js"),
    join(dirname(execPath), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ].find((path) => isThere(path));
  return beside === undefined ? ["npm", []] : [execPath, [beside]];
}
