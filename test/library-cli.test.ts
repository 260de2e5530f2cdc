import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const heptad = (...args: string[]) =>
  spawnSync(process.execPath, ["bin/heptad.js", ...args], { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });

describe("heptad search and heptad library", () => {
  it("finds a pattern and says which command prints it, and that command does", () => {
    const { stdout, status } = heptad("search", "position", "bias");
    expect(status).toBe(0);
    expect(stdout).toContain("heptad library position-bias");
    const printed = heptad("library", "position-bias");
    expect(printed.status).toBe(0);
    expect(printed.stdout).toContain("## Failure modes");
    expect(printed.stdout).toContain("heptad explain position-bias-uncorrected");
    expect(printed.stdout).toContain("Joachims");
  });

  it("says what a misspelt word was taken for, and exits 1 where nothing is found", () => {
    expect(heptad("search", "calibraton").stdout).toContain("taken for calibration");
    const nothing = heptad("search", "xylophone");
    expect(nothing.status).toBe(1);
    expect(nothing.stdout).toContain("nothing holds this word");
  });

  it("gives a program what a person reads, and no more than asked for", () => {
    const found: unknown = JSON.parse(heptad("search", "calibration", "--json", "--top", "2").stdout);
    expect(found).toHaveLength(2);
    expect(found).toMatchObject([{ kind: "pattern", name: "calibration" }, {}]);
  });

  it("offers the nearest name for one that is not there", () => {
    const { status, stderr } = heptad("library", "two-stage-servin");
    expect(status).toBe(2);
    expect(stderr).toContain("two-stage-serving");
  });

  it("prints a roadmap with the works to read", () => {
    const { stdout } = heptad("library", "candidate");
    expect(stdout).toContain("1. The form of an answer");
    expect(stdout).toContain("heptad practice --step 3");
  });
});
