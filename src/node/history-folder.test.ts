import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { unwrap } from "../core/outcome.ts";
import { readHistory, writeRecord } from "../practice/history.ts";
import { sampleAnswer, sampleCards } from "../practice/sample-history.ts";
import { newRecordId, openHistoryFolder, readHistoryFolder } from "./history-folder.ts";

const cards = sampleCards(20);
const answer = (i: number) => ({
  ...sampleAnswer(cards[i % 20], { score: 1, at: 20_000 + i }),
  id: newRecordId(new Date(1e12 + i)),
});
let root: string;
beforeEach(() => {
  root = temporaryFolder();
});

const ownFile = (): string => join(root, "history", readdirSync(join(root, "history"))[0]);

describe("a history folder", () => {
  it("gives back what was appended, in the order of time", () => {
    const folder = unwrap(openHistoryFolder(root));
    const records = [answer(2), answer(1), answer(3)];
    for (const record of records) folder.append(record);
    folder.close();
    expect(readHistoryFolder(root).records.map(({ id }) => id)).toEqual([records[1].id, records[0].id, records[2].id]);
  });

  it("lets one session write at a time, and says who it is", () => {
    const first = unwrap(openHistoryFolder(root));
    const second = openHistoryFolder(root);
    expect(second.ok || second.failure.message).toContain(String(process.pid));
    first.close();
    unwrap(openHistoryFolder(root)).close();
  });

  it("takes over from a session that was killed", async () => {
    const module = pathToFileURL(join("dist", "src", "node", "process-lock.js")).href;
    const script = `import { takeLock } from "${module}"; takeLock(process.argv[1]); console.log("taken"); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, [
      "--input-type=module",
      "-e",
      script,
      join(root, ".heptad", "practice.lock"),
    ]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(openHistoryFolder(root).ok).toBe(false);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    unwrap(openHistoryFolder(root)).close();
  });

  it("repairs a line that a crash cut off, at whatever byte", () => {
    const whole = answer(1);
    const torn = writeRecord(answer(2));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: torn.length - 1 }), (cut) => {
        rmSync(join(root, "history"), { recursive: true, force: true });
        const before = unwrap(openHistoryFolder(root));
        before.append(whole);
        before.close();
        appendFileSync(ownFile(), torn.slice(0, cut));
        const after = unwrap(openHistoryFolder(root));
        after.append(answer(3));
        after.close();
        expect(after.repaired).toBe(torn.slice(0, cut));
        expect(readHistoryFolder(root)).toMatchObject({ records: [{ id: whole.id }, {}], damaged: [] });
      }),
      { numRuns: 30 },
    );
  });

  it("keeps a whole last line whose end was lost", () => {
    const folder = unwrap(openHistoryFolder(root));
    folder.append(answer(1));
    folder.close();
    writeFileSync(ownFile(), readFileSync(ownFile(), "utf8").trimEnd());
    const again = unwrap(openHistoryFolder(root));
    again.append(answer(2));
    again.close();
    expect(again.repaired).toBeUndefined();
    expect(readHistoryFolder(root).records).toHaveLength(2);
  });

  it("merges what two laptops wrote with git, without loss or repeats", () => {
    const git = (folder: string, ...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
        cwd: folder,
        stdio: "pipe",
      });
    const practise = (folder: string, from: number, count: number) => {
      const open = unwrap(openHistoryFolder(folder));
      for (let i = 0; i < count; i++) open.append(answer(from + i));
      open.close();
    };
    git(root, "init", "-q", "-b", "main");
    writeFileSync(join(root, ".gitignore"), ".heptad/\n");
    practise(root, 0, 3);
    git(root, "add", "-A");
    git(root, "commit", "-qm", "start");
    const laptop = join(root, "..", `${root.split("/").at(-1)}-clone`);
    execFileSync("git", ["clone", "-q", root, laptop]);
    try {
      practise(root, 10, 4);
      practise(laptop, 20, 5);
      for (const folder of [root, laptop]) {
        git(folder, "add", "-A");
        git(folder, "commit", "-qm", "practise");
      }
      git(root, "pull", "-q", "--no-rebase", "--no-edit", laptop, "main");
      const { records, damaged } = readHistoryFolder(root);
      expect([records.length, new Set(records.map(({ id }) => id)).size, damaged.length]).toEqual([12, 12, 0]);
    } finally {
    }
  });
});

describe("histories put together", () => {
  it("are the same in any order, with repeats and conflict marks", () => {
    const lines = Array.from({ length: 8 }, (_, i) => writeRecord(answer(i)));
    const wanted = readHistory([lines.join("\n")]).records;
    fc.assert(
      fc.property(fc.array(fc.nat(7), { maxLength: 12 }), fc.nat(7), (repeats, cut) => {
        const mine = ["<<<<<<< HEAD", ...lines.slice(0, cut), "=======", ...lines.slice(cut), ">>>>>>> laptop"];
        const history = readHistory([repeats.map((i) => lines[i]).join("\n"), mine.reverse().join("\r\n")]);
        expect(history.records).toEqual(wanted);
        expect(history.damaged).toEqual([]);
      }),
    );
  });

  it("name the damaged lines and read the rest", () => {
    const { records, damaged } = readHistory([`${writeRecord(answer(1))}\nnot json\n{"type":"answer"}\n`]);
    expect(records).toHaveLength(1);
    expect(damaged.map(({ line }) => line)).toEqual([2, 3]);
  });
});
