import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSettling } from "./settling.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

describe("edits of a document", () => {
  it("are reviewed once a burst, where 1,500 of them left the server 21 s behind", () => {
    const work = vi.fn();
    const settling = createSettling(work);
    for (let edit = 0; edit < 1500; edit++) settling.touch("a");
    expect(work).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60);
    expect(work.mock.calls).toEqual([["a"]]);
  });

  it("are reviewed now and then where they never pause", () => {
    const work = vi.fn();
    const settling = createSettling(work);
    for (let edit = 0; edit < 100; edit++) {
      settling.touch("a");
      vi.advanceTimersByTime(20);
    }
    expect(work.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(work.mock.calls.length).toBeLessThanOrEqual(5);
  });

  it("are reviewed at once where somebody asks, not twice, and not after the document is closed", () => {
    const work = vi.fn();
    const settling = createSettling(work);
    settling.touch("a");
    settling.touch("b");
    settling.settle("a");
    expect(work.mock.calls).toEqual([["a"]]);
    settling.settle("a");
    settling.forget("b");
    vi.advanceTimersByTime(1000);
    expect(work.mock.calls).toEqual([["a"]]);
  });
});
