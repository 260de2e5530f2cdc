import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { FailureError } from "../core/outcome.ts";
import { textAtRevision } from "./text-at-revision.ts";

describe("a revision that git does not know", () => {
  it.each([
    [undefined, "HEAD~99", /such as main$/u],
    ["--since", "--since", /such as --since main$/u],
  ])("is named with the flag %s that it was given with", (flag, where, fix) => {
    let thrown: unknown;
    try {
      textAtRevision(join(temporaryFolder(), "note.md"), "HEAD~99", flag);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(FailureError);
    expect(thrown).toMatchObject({ failure: { where, fix: expect.stringMatching(fix) } });
  });
});
