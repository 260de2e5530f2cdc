import fc from "fast-check";
import { expect, it } from "vitest";
import { halveSuccessively } from "./successive-halving.ts";

const options = {
  settings: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  incumbent: 1,
  requests: 900,
  least: 100,
  isOver: () => false,
};

it("gives a third of the settings three times the requests, the incumbent always among them", async () => {
  const asked: [number, number][] = [];
  const { best, rungs, tried, isComplete } = await halveSuccessively({
    ...options,
    worthOf: async (setting, requests) => {
      asked.push([setting, requests]);
      return setting;
    },
  });
  expect(best).toBe(9);
  expect(rungs.map(({ requests, values }) => [requests, values.map(({ setting }) => setting)])).toEqual([
    [100, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
    [300, [9, 8, 7, 1]],
    [900, [9, 1]],
  ]);
  expect([tried, isComplete]).toEqual([9, true]);
  expect(asked).toHaveLength(9 + 4 + 2);
});

it("keeps the incumbent where nothing is better on all requests, whatever few requests said", async () => {
  const { best } = await halveSuccessively({
    ...options,
    worthOf: async (setting, requests) => (requests === 900 ? -setting : setting),
  });
  expect(best).toBe(1);
});

it("compares settings on equal requests only, where the budget ends it", async () => {
  for (const allowed of [0, 1, 4, 8, 9, 11]) {
    let left = allowed;
    const { best, rungs, tried, isComplete } = await halveSuccessively({
      ...options,
      worthOf: async (setting) => setting,
      isOver: () => left-- <= 0,
    });
    const last = rungs[rungs.length - 1];
    expect(best).toBe(Math.max(...last.values.map(({ setting }) => setting)));
    expect(last.values.length > 1 || allowed === 0).toBe(true);
    expect(tried).toBe(Math.min(9, allowed + 1));
    expect(isComplete).toBe(false);
  }
});

it("takes one rung where requests are few, and finds the best when every rung agrees", async () => {
  const few = await halveSuccessively({ ...options, requests: 250, worthOf: async (setting) => setting });
  expect(few.rungs.map(({ requests }) => requests)).toEqual([250]);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 40 }), async (settings) => {
      const found = await halveSuccessively({
        ...options,
        settings,
        incumbent: settings[0],
        worthOf: async (one) => one,
      });
      expect(found.best).toBe(Math.max(...settings));
      expect(found.tried).toBe(settings.length);
    }),
  );
});

it("leaves out a setting that cannot be measured, and chooses among the others", async () => {
  const asked: number[] = [];
  const { best, rungs, tried, isComplete } = await halveSuccessively({
    ...options,
    worthOf: async (setting) => {
      asked.push(setting);
      return setting > 7 ? undefined : setting;
    },
  });
  expect([best, tried, isComplete]).toEqual([7, 7, true]);
  expect(rungs.map(({ values }) => values.length)).toEqual([7, 3, 2]);
  expect(asked.filter((setting) => setting === 9)).toHaveLength(1);
  const alone = await halveSuccessively({ ...options, worthOf: async (setting) => (setting === 1 ? 0 : undefined) });
  expect([alone.best, alone.tried]).toEqual([1, 1]);
});
