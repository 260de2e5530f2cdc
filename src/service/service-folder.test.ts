import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { serviceFolder } from "./service-folder.ts";
import { openFileStore } from "./store/file-store.ts";
import { openStore } from "./store/open-store.ts";

it("makes no folder for a note that is not there, and finds what is kept of one that is gone", () => {
  const home = temporaryFolder();
  writeFileSync(join(home, "heptad.yaml"), "");
  const note = join(home, "feed.md");
  expect(() => serviceFolder(note)).toThrow("there is no file");
  expect(existsSync(join(home, ".heptad"))).toBe(false);
  mkdirSync(join(home, ".heptad", "serve", "feed"), { recursive: true });
  expect(serviceFolder(note).path).toBe(join(home, ".heptad", "serve", "feed"));
  const other = join(home, "other.md");
  writeFileSync(other, "");
  expect(existsSync(serviceFolder(other).path)).toBe(true);
});

describe("a folder of state", () => {
  const noteIn = (home: string, name: string, kind: string, title = "A note"): string => {
    const path = join(home, name);
    writeFileSync(path, `---\nheptad: 1\ntitle: ${title}\nsystem: ${kind}\n---\n`);
    return path;
  };

  it("is called after the note among what services share, wherever it lies", () => {
    const home = temporaryFolder();
    const feed = noteIn(home, "feed.md", "recommendation");
    const names = [serviceFolder(feed), ...["n1", "n2"].map((state) => serviceFolder(feed, join(home, state)))];
    expect(names.map(({ name }) => name)).toEqual(["feed", "feed", "feed"]);
  });

  it("is the note's that was first served there, and no other's, whatever that note is called or says since", async () => {
    const home = temporaryFolder();
    const state = join(home, "state");
    const feed = noteIn(home, "feed.md", "recommendation");
    const orders = noteIn(home, "orders.md", "fraud-detection");
    // Nothing is kept yet: a look makes it nobody's.
    serviceFolder(orders, state);
    await openFileStore(serviceFolder(feed, state)).claim();
    expect(() => serviceFolder(orders, state)).toThrow(
      "what is kept here is of the note `feed` (recommendation), and this one is `orders` (fraud-detection)",
    );
    await expect(
      openFileStore({ ...serviceFolder(feed, state), owner: { note: "x", kind: "y" } }).claim(),
    ).rejects.toThrow("of the note `feed`");
    noteIn(home, "feed.md", "recommendation", "Another title");
    expect(serviceFolder(feed, state).path).toBe(state);
    noteIn(home, "feed.md", "visual-search");
    expect(() => serviceFolder(feed, state)).toThrow("this one is `feed` (visual-search)");
    // A note with mistakes, or one that is gone, has no kind: its name is held.
    writeFileSync(feed, "no note");
    expect(serviceFolder(feed, state).path).toBe(state);
    expect(() => serviceFolder(join(home, "gone.md"), state)).toThrow("this one is `gone`");
    writeFileSync(join(state, "owner.json"), "{");
    expect(() => serviceFolder(feed, state)).toThrow("whose state this is cannot be read");
  });

  it("that says nothing is the note's own, but for one whose model is of another kind", async () => {
    const home = temporaryFolder();
    const state = join(home, "state");
    const feed = noteIn(home, "feed.md", "recommendation");
    const { models } = openFileStore(serviceFolder(feed, state));
    const about = { title: "Feed", version: "1", seed: 7, commit: null, data: { source: "none", fingerprint: "" } };
    const built = { ...about, kind: "recommendation", metrics: [], stages: {}, note: "a", results: new Map() };
    await models.promote(await models.add(built));
    const open = (note: string) => openStore(serviceFolder(note, state), undefined, { replica: "here" });
    await expect(open(feed)).resolves.toBeDefined();
    await expect(open(noteIn(home, "search.md", "recommendation"))).resolves.toBeDefined();
    await expect(open(noteIn(home, "orders.md", "fraud-detection"))).rejects.toThrow(
      'the model that serves here is "Feed" (recommendation), and the note is `orders` (fraud-detection)',
    );
  });
});
