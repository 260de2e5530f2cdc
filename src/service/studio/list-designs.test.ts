import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { type DesignList, openDesignList } from "./list-designs.ts";

const note = (
  title: string,
  section = "## 3. Data\n\n```yaml\nsources: [{ name: clicks, kind: events, time: ts }]\nsplit: { by: random }\n```\n",
) => `---\nheptad: 1\ntitle: ${title}\nsystem: feed\n---\n\n${section}`;

const root = temporaryFolder();
function write(path: string, text: string, minutesAgo = 0): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  const then = new Date(Date.UTC(2026, 0, 1) - minutesAgo * 60_000);
  utimesSync(join(root, path), then, then);
}

const lists: { close(): void }[] = [];
afterEach(() => {
  for (const one of lists.splice(0)) one.close();
});
function open() {
  const list = openDesignList(root);
  lists.push(list);
  return list;
}
async function filled(list: { list(): DesignList }): Promise<DesignList> {
  for (let i = 0; i < 400; i++) {
    const read = list.list();
    if (read.pending === 0) return read;
    await pause(10);
  }
  throw new Error("the list does not fill");
}

describe("the list of designs", () => {
  it("has each note with its counts by step and what to work off first, the last changed first", async () => {
    write("old.md", note("Old"), 30);
    write("deep/new.md", note("New"), 1);
    write("readme.md", "# About\n\n## Data\n\nWords.\n");
    write(
      "plain.md",
      "# The design of a feed\n\n## Data collection\n\nClicks.\n\n## Model\n\nTrees.\n\n## Serving\n\nFast.\n\n## Monitoring\n\nDaily.\n",
      5,
    );
    write("node_modules/a/x.md", note("Left out"));
    write(".hidden/x.md", note("Left out"));
    write("big.md", `${note("Too large")}${"x".repeat(2 ** 20)}`);
    const { designs, pending } = await filled(open());
    expect(pending).toBe(0);
    expect(designs.map(({ path, title }) => `${path}: ${title}`)).toEqual([
      "deep/new.md: New",
      "plain.md: The design of a feed",
      "old.md: Old",
    ]);
    // A list that fills is a beginning of the whole one at every moment: what is read later moves nothing.
    const filling = open();
    const whole = designs.map(({ path }) => path);
    for (let left = 1; left > 0; await pause(1)) {
      const seen = filling.list();
      left = seen.pending;
      expect(whole.slice(0, seen.designs.length)).toEqual(seen.designs.map(({ path }) => path));
    }
    const begun = (at: number): boolean[] => designs[at].steps.map(({ isBegun }) => isBegun);
    expect([begun(0), begun(1)]).toEqual([Array(8).fill(true), Array(8).fill(true)]);
    const [newest] = designs;
    expect(newest.changed).toBe("2025-12-31T23:59:00.000Z");
    expect(newest.steps.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(newest.steps[3].errors).toBeGreaterThan(0);
    expect(newest.first).toMatchObject({ severity: "error" });
    expect(newest.first?.message).not.toBe("");
    expect(newest.first?.line).toBeGreaterThan(0);
    expect(newest.run).toBeUndefined();
    expect(newest.waived).toBe(0);
  });

  it("says of a draft which steps hold nothing yet: none of them is one in which nothing was found", async () => {
    const sections = ["Clarify", "Frame", "Data"].map(
      (title, i) => `## ${i + 1}. ${title}\n\n\`\`\`yaml\n${i === 0 ? "goal: more\n" : ""}\`\`\`\n`,
    );
    write("draft.md", note("Draft", sections.join("\n")).replace("system: feed", "system: feed\nstatus: draft"));
    const { designs } = await filled(open());
    const draft = designs.find(({ path }) => path === "draft.md");
    expect(draft?.steps.filter(({ isBegun }) => !isBegun).map(({ step }) => step)).toEqual([2, 3, 4, 5, 6, 7]);
    rmSync(join(root, "draft.md"));
  });

  it("has those that changed at one moment in the order of their paths", async () => {
    for (const name of ["c", "a", "d", "b"]) write(`same/${name}.md`, note(name), 90);
    const { designs } = await filled(open());
    expect(designs.map(({ path }) => path).filter((path) => path.startsWith("same/"))).toEqual([
      "same/a.md",
      "same/b.md",
      "same/c.md",
      "same/d.md",
    ]);
    rmSync(join(root, "same"), { recursive: true });
  });

  it("reads a file again when it changed, forgets one that is gone, and heeds the settings of the project", async () => {
    const list = open();
    await filled(list);
    write("old.md", note("Older still"), 60);
    rmSync(join(root, "plain.md"));
    expect((await filled(list)).designs.map(({ title }) => title)).toEqual(["New", "Older still"]);
    writeFileSync(join(root, "heptad.yaml"), "review:\n  ignore: [deep/**]\n");
    expect((await filled(list)).designs.map(({ title }) => title)).toEqual(["Older still"]);
    writeFileSync(join(root, "heptad.yaml"), "review: {{{\n");
    expect((await filled(list)).designs).toHaveLength(2);
    rmSync(join(root, "heptad.yaml"));
  });

  it("has a note that cannot be read, with what the review says of it first, where the review looks for notes", async () => {
    const clauses = ["Data", "Model", "Serving", "Monitoring"]
      .map((title) => `## ${title}\n\nWords of it.\n`)
      .join("\n");
    const broken = note("Broken").replace("---", "          ---");
    write("designs/broken.md", broken);
    write("designs/long.md", `${broken}\n# Long\n\n${clauses}`);
    write("designs/open.md", `---\nheptad: 1\ntitle: Open\n\n# Never closed\n\n${clauses}`);
    write("designs/lost.md", `${note("Lost").replace(/^---.*\n---\n/su, "# Lost\n")}\n${clauses}`);
    write("designs/plain.md", `# Plain\n\n${clauses}`);
    write("designs/readme.md", "# About\n\n## Data\n\nWords.\n");
    writeFileSync(join(root, "designs/binary.md"), Uint8Array.of(0x23, 0x20, 0xff, 0xfe, 0x00));
    write("pictures/binary.md", "");
    writeFileSync(join(root, "pictures/binary.md"), Uint8Array.of(0xff, 0xd8, 0xff));
    write("pictures/plain.md", `# Plain\n\n${clauses}`);
    const { designs } = await filled(open());
    const said = designs
      .filter(({ path }) => /^(?:designs|pictures)/u.test(path))
      .map(({ path, isUnread, first }) => [path, isUnread ? `${first?.severity}: ${first?.message}` : ""])
      .toSorted();
    expect(said).toEqual([
      ["designs/binary.md", "error: the file is not UTF-8 text: line 1 holds a byte that no UTF-8 text has there"],
      ["designs/broken.md", "error: front matter must begin on the first line"],
      ["designs/long.md", "error: front matter must begin on the first line"],
      ["designs/lost.md", "error: the note has no front matter"],
      ["designs/open.md", "error: the front matter that begins here is never closed"],
      ["designs/plain.md", ""],
    ]);
    const binary = designs.find(({ path }) => path === "designs/binary.md");
    expect([binary?.title, binary?.steps[0].errors]).toEqual(["designs/binary.md", 1]);
    const mended = open();
    await filled(mended);
    write("designs/broken.md", note("Mended"));
    const { designs: after } = await filled(mended);
    expect(after.find(({ path }) => path === "designs/broken.md")).toMatchObject({ title: "Mended", isUnread: false });
    rmSync(join(root, "designs"), { recursive: true });
    rmSync(join(root, "pictures"), { recursive: true });
  });
});
