// Where the heptad program is: the setting, the project's own install, or the command on the path.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

/** The program and the arguments before its own, for a list of workspace folders. */
function serverCommand(setting, folders, isThere = existsSync, platform = process.platform) {
  const own = folders.map((folder) => join(folder, "node_modules", "heptad", "bin", "heptad.js")).find((path) => isThere(path));
  const path = setting || own;
  // A script is started by Node itself: the editor's own executable would open a window.
  if (path && /\.[cm]?js$/.test(path)) return { command: "node", args: [path] };
  if (path) return { command: path, args: [] };
  // npm's command file on Windows cannot be started without a shell.
  return platform === "win32" ? { command: "heptad.cmd", args: [], shell: true } : { command: "heptad", args: [] };
}

module.exports = { serverCommand };
