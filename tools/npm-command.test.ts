import { describe, expect, it } from "vitest";
import { npmCommand } from "./npm-command.mjs";

describe("starting npm", () => {
  it("hands npm's own script to Node, because npm.cmd on Windows cannot be started without a shell", () => {
    const path = "C:\\npm\\bin\\npm-cli.js";
    const found = npmCommand({ execPath: "C:\\node\\node.exe", env: { npm_execpath: path }, isThere: () => true });
    expect(found).toEqual(["C:\\node\\node.exe", [path]]);
  });

  it("finds the script beside Node where another package manager, or none, has started this", () => {
    const isThere = (path: string) => path.includes("npm-cli.js");
    const [program, before] = npmCommand({
      execPath: "/opt/node/bin/node",
      env: { npm_execpath: "/x/yarn.js" },
      isThere,
    });
    expect(program).toBe("/opt/node/bin/node");
    expect(before).toHaveLength(1);
    expect(before[0]).toMatch(/npm-cli\.js$/u);
  });

  it("falls back to the name where nothing is found", () => {
    expect(npmCommand({ execPath: "/n/node", env: {}, isThere: () => false })).toEqual(["npm", []]);
  });
});
