/** Values of a service as pages write them. */

import { expect, test } from "vitest";
import { plainBytes, plainSeconds, plainShare, plainSpan, plainValue } from "./plain-value.ts";

test("numbers keep four digits, whole ones all of theirs, and what is not there is said", () => {
  expect([0.123456, -2.5, 1234567, "x", null, undefined, true, [1]].map(plainValue)).toEqual([
    "0.1235",
    "−2.5",
    "1,234,567",
    "x",
    "none",
    "none",
    "true",
    "[1]",
  ]);
});

test("durations, shares and bytes carry the unit that fits", () => {
  expect([0.0005, 0.02, 0.9999, 1, 2.5].map(plainSeconds)).toEqual([
    "0.5\u202fms",
    "20\u202fms",
    "1\u202fs",
    "1\u202fs",
    "2.5\u202fs",
  ]);
  expect([17.4, 119, 120, 7199, 7200, 172_799, 216_000].map(plainSpan)).toEqual([
    "17.4\u202fs",
    "119\u202fs",
    "2\u202fmin",
    "120\u202fmin",
    "2\u202fh",
    "48\u202fh",
    "2.5\u202fdays",
  ]);
  expect([0.004, 1].map(plainShare)).toEqual(["0.4\u202f%", "100\u202f%"]);
  // Nearly all is not all.
  expect([0.9996, 0.99996, 0.992].map(plainShare)).toEqual(["99.96\u202f%", "99.996\u202f%", "99.2\u202f%"]);
  expect([95_400_000, 1_230_000_000].map(plainBytes)).toEqual(["95.4\u202fMB", "1.23\u202fGB"]);
});
