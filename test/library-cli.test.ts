import { describe, expect, it } from "vitest";
import { heptadHere } from "./heptad-here.ts";

const heptad = (...args: string[]) => heptadHere(process.cwd(), args);

describe("heptad search and heptad library", () => {
  it("finds a pattern and says which command prints it, and that command does", async () => {
    const { stdout, status } = await heptad("search", "position", "bias");
    expect(status).toBe(0);
    expect(stdout).toContain("heptad library position-bias");
    const printed = await heptad("library", "position-bias");
    expect(printed.status).toBe(0);
    expect(printed.stdout).toContain("## Failure modes");
    expect(printed.stdout).toContain("heptad explain position-bias-uncorrected");
    expect(printed.stdout).toContain("Joachims");
  });

  it("says what a misspelt word was taken for, and exits 1 where nothing is found", async () => {
    expect((await heptad("search", "calibraton")).stdout).toContain("taken for calibration");
    const nothing = await heptad("search", "xylophone");
    expect(nothing.status).toBe(1);
    expect(nothing.stdout).toContain("nothing holds this word");
  });

  it("gives a program what a person reads, and no more than asked for", async () => {
    const found: unknown = JSON.parse((await heptad("search", "calibration", "--json", "--top", "2")).stdout);
    expect(found).toHaveLength(2);
    expect(found).toMatchObject([{ kind: "pattern", name: "calibration" }, {}]);
  });

  it("offers the nearest name for one that is not there", async () => {
    const { status, stderr } = await heptad("library", "two-stage-servin");
    expect(status).toBe(2);
    expect(stderr).toContain("two-stage-serving");
  });

  it("prints a roadmap with the works to read", async () => {
    const { stdout } = await heptad("library", "candidate");
    expect(stdout).toContain("1. The form of an answer");
    expect(stdout).toContain("heptad practice --step 3");
  });
});
