import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { heptadHere } from "./heptad-here.ts";
import { keepRun } from "./kept-run.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
const heptad = (...args: string[]) => heptadHere(folder, args);
const git = (...args: string[]) =>
  spawnSync("git", ["-c", "user.name=A", "-c", "user.email=a@b", ...args], { cwd: folder, encoding: "utf8" });
const note = (rate: string, keep: string): string =>
  `---\nheptad: 1\ntitle: F\nsystem: f\n---\n\n## 1. Clarify\n\n\`\`\`yaml\nrequests: { average: ${rate}, peak: 3x }\nlatency: { p99.9: 1 s }\n\`\`\`\n\n## 4. Model\n\n\`\`\`yaml\nstages: [{ name: ranking, keep: ${keep} }]\n\`\`\`\n`;

describe("heptad diff and history", () => {
  mkdirSync(join(folder, "designs"));
  const write = (text: string) => writeFileSync(join(folder, "designs/feed.md"), text);
  git("init", "-q");
  for (const [rate, keep] of [
    ["100/s", "10"],
    ["400/s", "10"],
    ["400/s", "20"],
  ]) {
    write(note(rate, keep));
    git("add", ".");
    git("commit", "-qm", `traffic ${rate} keep ${keep}`);
  }

  it("tells two commits fact by fact, with the answers of the estimate", async () => {
    const { facts, estimate } = JSON.parse(
      (await heptad("diff", "HEAD~2", "HEAD", "designs/feed.md", "--json")).stdout,
    );
    expect(facts).toEqual([
      { key: "1.requests.average", before: "100/s", after: "400/s" },
      { key: "4.stages.ranking.keep", before: "10", after: "20" },
    ]);
    expect(estimate.length).toBeGreaterThan(0);
    expect(JSON.stringify(estimate)).toMatch(/"before":"300.*"after":"1,?200/u);
    expect((await heptad("diff", "HEAD", "HEAD", "designs/feed.md")).stdout).toBe(
      "the same facts and the same estimate\n",
    );
  });

  it("puts the runs of both sides side by side, each one that was made with the facts of its side", async () => {
    const told = async (...args: string[]) => JSON.parse((await heptad("diff", ...args, "--json")).stdout).runs;
    expect(await told("HEAD~2", "HEAD", "designs/feed.md")).toEqual({ before: null, after: null, figures: [] });
    keepRun(join(folder, "runs", "feed", "aaaa"), note("100/s", "10"), 0.2);
    expect((await heptad("diff", "HEAD~2", "HEAD", "designs/feed.md")).stdout).toContain(
      "Only HEAD~2 was run with the facts it states, as runs/feed/aaaa.",
    );
    keepRun(join(folder, "runs", "feed", "bbbb"), note("400/s", "20"), 0.25);
    keepRun(join(folder, "runs", "feed", "cccc"), note("400/s", "30"), 0.5);
    const { before, after, figures } = await told("HEAD~2", "HEAD", "designs/feed.md");
    expect([before, after]).toEqual(["runs/feed/aaaa", "runs/feed/bbbb"]);
    expect(figures).toEqual([{ key: "5. ndcg@10 probe", before: "0.2", after: "0.25" }]);
    const { stdout } = await heptad("diff", "HEAD~2", "HEAD", "designs/feed.md");
    expect(stdout).toContain("heptad compare runs/feed/aaaa runs/feed/bbbb");
    expect(stdout).toMatch(/5\. ndcg@10 probe +0\.2 +0\.25/u);
  });

  it("tells two notes, and refuses what is no design or not there", async () => {
    writeFileSync(join(folder, "other.md"), note("400/s", "30"));
    expect((await heptad("diff", "designs/feed.md", "other.md")).stdout).toMatch(
      /4\.stages\.ranking\.keep {2}20 {2}30/u,
    );
    writeFileSync(join(folder, "plain.md"), "# Nothing\n");
    expect((await heptad("diff", "plain.md", "other.md")).stderr).toContain(
      "plain.md holds no facts of a design: it is a plain note",
    );
    const commits = await heptad("diff", "HEAD~2", "HEAD");
    expect(commits.status).toBe(2);
    expect(commits.stderr).toContain("HEAD~2 is a commit, and no note is named whose commits are compared");
    expect((await heptad("diff", "none.md", "other.md")).stderr).toContain("there is no such file");
    const unknown = await heptad("diff", "none", "HEAD", "designs/feed.md");
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).not.toContain("--since");
  });

  it("sends to heptad run only where both systems can be run", async () => {
    const told = async (system: string) => {
      for (const [file, rate] of [
        ["one.md", "1/s"],
        ["two.md", "2/s"],
      ])
        writeFileSync(join(folder, file), note(rate, "10").replace("system: f", `system: ${system}`));
      return (await heptad("diff", "one.md", "two.md")).stdout;
    };
    expect(await told("f")).toContain("Neither side was run with the facts it states.");
    expect(await told("recommendation")).toContain(
      "Neither side was run with the facts it states: heptad run measures both.",
    );
  });

  it("shows each commit with its findings, facts and what moved", async () => {
    const { states } = JSON.parse((await heptad("history", "designs/feed.md", "--json")).stdout);
    expect(states.map(({ subject }: { subject: string }) => subject)).toEqual([
      "traffic 100/s keep 10",
      "traffic 400/s keep 10",
      "traffic 400/s keep 20",
    ]);
    expect(states[1].estimate.join()).toContain("1");
    expect(states[2].facts).toBe(states[0].facts);
    expect(
      (await heptad("history", "designs/feed.md", "--last", "1")).stdout
        .trim()
        .split("\n")
        .filter((line) => line.startsWith("20")),
    ).toHaveLength(1);
    expect((await heptad("history", "other.md")).stderr).toContain("git has no commit");
  });

  it("goes on through a rename, back to the first commit", async () => {
    git("mv", "designs/feed.md", "designs/a feed.md");
    git("commit", "-qm", "moved");
    const { states } = JSON.parse((await heptad("history", "designs/a feed.md", "--json")).stdout);
    expect(states.map(({ subject }: { subject: string }) => subject)).toEqual([
      "traffic 100/s keep 10",
      "traffic 400/s keep 10",
      "traffic 400/s keep 20",
      "moved",
    ]);
    const { facts } = JSON.parse((await heptad("diff", "HEAD~2", "HEAD", "designs/a feed.md", "--json")).stdout);
    expect(facts).toEqual([{ key: "4.stages.ranking.keep", before: "10", after: "20" }]);
    git("mv", "designs/a feed.md", "designs/feed.md");
    git("commit", "-qm", "moved back");
  });

  it("ends where a note was copied from another one, whose history is not its own", async () => {
    write(note("400/s", "20"));
    writeFileSync(join(folder, "designs/copy.md"), note("400/s", "20").replace("title: F", "title: C"));
    git("add", ".");
    git("commit", "-qm", "copied");
    writeFileSync(join(folder, "designs/copy.md"), note("900/s", "20").replace("title: F", "title: C"));
    git("commit", "-qam", "its own");
    const { states } = JSON.parse((await heptad("history", "designs/copy.md", "--json")).stdout);
    expect(states.map(({ subject }: { subject: string }) => subject)).toEqual(["copied", "its own"]);
    const { status, stderr } = await heptad("diff", "HEAD~2", "HEAD", "designs/copy.md");
    expect([status, stderr.includes("is not there")]).toEqual([2, true]);
  });

  it("says which block cannot be read, and takes none of its facts for gone", async () => {
    write(note("400/s", "20").replace("peak: 3x }", "peak: 3x"));
    git("commit", "-qam", "a bracket is lost");
    const told = JSON.parse((await heptad("diff", "HEAD~1", "HEAD", "designs/feed.md", "--json")).stdout);
    expect(told).toMatchObject({ facts: [], estimate: [], unread: { before: [], after: ["1"] } });
    const { stdout } = await heptad("diff", "HEAD~1", "HEAD", "designs/feed.md");
    expect(stdout).toContain("The block of step 1 cannot be read in HEAD: heptad check says why.");
    expect(stdout).toContain("the other facts are the same");
    write(note("4OO/s", "20"));
    git("commit", "-qam", "letters for digits");
    const wrong = JSON.parse((await heptad("diff", "HEAD~2", "HEAD", "designs/feed.md", "--json")).stdout);
    expect(wrong).toMatchObject({ facts: [], estimate: [], unread: { before: [], after: ["1.requests.average"] } });
    expect((await heptad("diff", "HEAD~2", "HEAD", "designs/feed.md")).stdout).toContain(
      "`1.requests.average` cannot be read in HEAD",
    );
    write(note("500/s", "20"));
    git("commit", "-qam", "mended");
    const { states } = JSON.parse((await heptad("history", "designs/feed.md", "--json")).stdout);
    const [lost, wrongly, mended] = states.slice(-3).map(({ estimate }: { estimate: string[] }) => estimate);
    expect(lost).toEqual(["the block of step 1 cannot be read"]);
    expect(wrongly).toEqual(["`1.requests.average` cannot be read"]);
    expect(mended.join()).toMatch(/1,?200.* to 1,?500/u);
  });
});
