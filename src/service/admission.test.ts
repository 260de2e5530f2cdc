import { describe, expect, it } from "vitest";
import { Admission } from "./admission.ts";

/** A clock and a loop that turn when they are told to. */
function world(limit: number) {
  const work: (() => void)[] = [];
  const clock = { now: 0 };
  const admission = new Admission({ limit, now: () => clock.now, later: (one) => void work.push(one) });
  const turn = async (): Promise<void> => {
    work.shift()?.();
    await Promise.resolve();
  };
  return { admission, clock, turn };
}

describe("admission", () => {
  it("lets requests in one by one in the order of arrival", async () => {
    const { admission, turn } = world(1);
    const order: string[] = [];
    for (const name of ["a", "b", "c"]) void admission.enter(0).then(() => order.push(name));
    expect(admission.waiting).toBe(3);
    await turn();
    expect(order).toEqual(["a"]);
    await turn();
    await turn();
    expect(order).toEqual(["a", "b", "c"]);
    expect(admission.waiting).toBe(0);
  });

  it("sheds what has waited longer than the limit by the time its turn comes", async () => {
    const { admission, clock, turn } = world(0.1);
    for (let i = 0; i < 200; i++) admission.took(0.02);
    const [first, second, last] = [admission.enter(0), admission.enter(0), admission.enter(0)];
    clock.now = 0.1;
    await turn();
    expect(await first).toEqual({ isShed: false });
    clock.now = 0.11;
    await turn();
    expect(await second).toEqual({ isShed: true, retryAfter: 1 });
    // The last one in line holds nobody up.
    await turn();
    expect(await last).toEqual({ isShed: false });
  });

  it("answers late ones behind whom there is hardly any work, and sheds them where there is more", async () => {
    const { admission, clock, turn } = world(0.1);
    for (let i = 0; i < 200; i++) admission.took(0.0001);
    const admitted = Array.from({ length: 150 }, () => admission.enter(0));
    // The machine did something else for a second.
    clock.now = 1;
    for (let i = 0; i < 150; i++) await turn();
    // A tenth of the limit is the work of a hundred.
    const isShed = (await Promise.all(admitted)).map((one) => one.isShed);
    expect(isShed.lastIndexOf(true)).toBeGreaterThanOrEqual(48);
    expect(isShed.lastIndexOf(true)).toBeLessThanOrEqual(50);
    expect(isShed.indexOf(false)).toBe(isShed.lastIndexOf(true) + 1);
  });

  it("sheds at once what would wait too long, so that a burst builds no queue", async () => {
    const { admission, turn } = world(0.1);
    for (let i = 0; i < 200; i++) admission.took(0.02);
    const admitted = Array.from({ length: 100 }, () => admission.enter(0));
    expect(admission.waiting).toBeLessThanOrEqual(7);
    for (let i = 0; i < 10; i++) await turn();
    const shed = (await Promise.all(admitted)).filter(({ isShed }) => isShed);
    expect(shed.length).toBeGreaterThanOrEqual(93);
  });

  it("does not shed a burst because one request before it was held up", async () => {
    const { admission, turn } = world(0.1);
    for (let i = 0; i < 200; i++) admission.took(0.001);
    admission.took(3);
    const admitted = Array.from({ length: 50 }, () => admission.enter(0));
    for (let i = 0; i < 50; i++) await turn();
    expect((await Promise.all(admitted)).every(({ isShed }) => !isShed)).toBe(true);
    // A service that has become slow is believed within some dozens.
    for (let i = 0; i < 100; i++) admission.took(0.05);
    for (let i = 0; i < 10; i++) void admission.enter(0);
    expect(admission.waiting).toBeLessThan(5);
  });

  it("sheds nothing that the service itself held up", async () => {
    const { admission, clock, turn } = world(0.1);
    for (let i = 0; i < 200; i++) admission.took(0.02);
    admission.excuse(Number.POSITIVE_INFINITY);
    const held = admission.enter(0);
    clock.now = 5;
    admission.excuse(clock.now);
    await turn();
    expect(await held).toEqual({ isShed: false });
    const later = admission.enter(5.01);
    void admission.enter(5.01);
    clock.now = 6;
    await turn();
    expect(await later).toEqual({ isShed: true, retryAfter: 1 });
  });
});
