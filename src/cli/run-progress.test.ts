import { describe, expect, it } from "vitest";
import { createRunProgress } from "./run-progress.ts";

function watched(width = 80) {
  const lines: string[] = [];
  let at = 0;
  const progress = createRunProgress(
    { progress: (line) => void lines.push(line), clearProgress: () => undefined, width },
    () => at,
  );
  const wait = (milliseconds: number): void => {
    at += milliseconds;
  };
  return { lines, progress, wait };
}

describe("the line of progress", () => {
  it("says the step, the time so far and about how long it took before", () => {
    const { lines, progress, wait } = watched();
    progress.start({ step: 4, title: "training the ranker" }, 10.6);
    expect(lines.at(-1)).toBe("step 4 of 7  training the ranker  0 s of about 11");
    wait(6000);
    progress.say("round", 30, 100);
    expect(lines.at(-1)).toBe("step 4 of 7  round 30%  6 s of about 11");
    wait(6000);
    progress.say("round", 99, 100);
    expect(lines.at(-1)).toBe("step 4 of 7  round 99%  12 s");
    progress.start({ step: 5, title: "evaluating" }, undefined);
    expect(lines.at(-1)).toBe("step 5 of 7  evaluating  0 s");
    progress.close();
  });

  it("says what is left of the whole run where that is known, and not once a stage takes longer than before", () => {
    const { lines, progress, wait } = watched();
    progress.start({ step: 4, title: "training" }, 10.6, 29.2);
    expect(lines.at(-1)).toBe("step 4 of 7  training  0 s of about 11, about 40 s left");
    wait(4000);
    progress.say("round");
    expect(lines.at(-1)).toBe("step 4 of 7  round  4 s of about 11, about 36 s left");
    wait(7001);
    progress.say("round");
    expect(lines.at(-1)).toBe("step 4 of 7  round  11 s");
    progress.start({ step: 5, title: "evaluating" }, 0.2, 130);
    expect(lines.at(-1)).toBe("step 5 of 7  evaluating  0 s, about 3 min left");
    progress.start({ step: 7, title: "alerts" }, 3, 0.4);
    expect(lines.at(-1)).toBe("step 7 of 7  alerts  0 s of about 3");
    progress.start({ step: 6, title: "serving" }, undefined, 20);
    expect(lines.at(-1)).toBe("step 6 of 7  serving  0 s");
    progress.close();
  });

  it("cuts the words and not the time where the window is narrow", () => {
    const { lines, progress } = watched(60);
    progress.start({ step: 7, title: "comparing the test window with the training window" }, 10.6);
    expect(lines.at(-1)).toBe("step 7 of 7  comparing the test window wi…  0 s of about 11");
    expect(lines.at(-1)?.length).toBe(59);
    progress.close();
  });

  it("ends in one line for all steps, and says when nothing was done again", () => {
    const { progress } = watched();
    const stage = (step: 1 | 2 | 3, cached: boolean, seconds: number) => ({ stage: { step }, cached, seconds });
    progress.finish(stage(1, true, 0.04));
    progress.finish(stage(2, false, 2));
    progress.finish(stage(2, false, 24.3));
    progress.finish(stage(3, false, 9.44));
    expect(progress.close()).toBe("steps 1 to 7 in 36 s: 0.0, 26, 9.4; 1 of 4 stages kept from an earlier run");
    const { progress: again } = watched();
    again.finish(stage(1, true, 0.04));
    expect(again.close()).toContain("nothing has changed");
  });
});
