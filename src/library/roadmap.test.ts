import { describe, expect, it } from "vitest";
import { type Roadmap, spreadRoadmap } from "./roadmap.ts";

const week = (title: string) => ({ title, read: ["a"], patterns: ["b"], steps: [1], do: "c" });
const roadmap: Roadmap = { name: "way", title: "A way", for: "somebody", weeks: ["1", "2", "3"].map(week) };
const titles = (count: number) => spreadRoadmap(roadmap, count).map((one) => one.map(({ title }) => title).join("+"));

describe("spreadRoadmap", () => {
  it("gives a plan of as many weeks one each", () => {
    expect(titles(3)).toEqual(["1", "2", "3"]);
  });

  it("stays at a week where the plan is longer, and takes several where it is shorter", () => {
    expect(titles(6)).toEqual(["1", "1", "2", "2", "3", "3"]);
    expect(titles(2)).toEqual(["1", "2+3"]);
    expect(titles(1)).toEqual(["1+2+3"]);
  });

  it("leaves no week out, whatever the length", () => {
    for (let count = 1; count <= 40; count += 1) {
      expect(new Set(titles(count).flatMap((one) => one.split("+")))).toEqual(new Set(["1", "2", "3"]));
    }
  });
});
