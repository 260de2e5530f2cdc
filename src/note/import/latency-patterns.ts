/** How prose writes a limit of latency by its percentile. */

import { AMOUNT, type Pattern, pattern, TIME, timeUnit } from "./number-parts.ts";

/** Between the percentile and its time. */
const SIGN = String.raw`[\s:=~≈<≤‹>|*)]|is|of|at|be|under|below|within|about|around|should|must|than|less|latency|up|to|response|time|target|budget|limit|goal|slo|sla|objective|max|most|not|exceed`;
const BEFORE = String.raw`(?:(?:${SIGN})\s?){0,8}`;

export const LATENCY_PATTERNS: readonly Pattern[] = [
  {
    step: 1,
    about: /\bp\d/iu,
    words: pattern(String.raw`\bp(?<p>50|90|95|99(?:\.9)?)\b${BEFORE}${AMOUNT}\s?${TIME}`),
    kind: "duration",
    path: ({ p }) => ["latency", `p${p}`],
    unit: timeUnit,
  },
  {
    step: 1,
    about: /percentile/iu,
    words: pattern(String.raw`\b(?<p>50|90|95|99(?:\.9)?)(?:th|\s?%)?\spercentile${BEFORE}${AMOUNT}\s?${TIME}`),
    kind: "duration",
    path: ({ p }) => ["latency", `p${p}`],
    unit: timeUnit,
  },
  {
    step: 1,
    about: /percentile/iu,
    words: pattern(
      String.raw`${AMOUNT}\s?${TIME}\s(?:at|@|\(|for)?\s?(?:the\s)?(?<p>50|90|95|99(?:\.9)?)(?:th)?\spercentile`,
    ),
    kind: "duration",
    path: ({ p }) => ["latency", `p${p}`],
    unit: timeUnit,
  },
  {
    step: 1,
    about: /\bp\d/iu,
    words: pattern(String.raw`${AMOUNT}\s?${TIME}\s(?:at|@|\(|for)?\s?(?:the\s)?p(?<p>50|90|95|99(?:\.9)?)\b`),
    kind: "duration",
    path: ({ p }) => ["latency", `p${p}`],
    unit: timeUnit,
  },
  {
    step: 1,
    about: /%/u,
    words: pattern(
      String.raw`${AMOUNT}\s?${TIME}\s(?:for|in|on)\s(?:at least\s)?(?<p>50|90|95|99(?:\.9)?)\s?%\sof\s(?:all\s|the\s|our\s)?(?:requests|queries|calls|responses|searches|cases|predictions)\b`,
    ),
    kind: "duration",
    path: ({ p }) => ["latency", `p${p}`],
    unit: timeUnit,
  },
  {
    step: 1,
    about: /%/u,
    words: pattern(
      String.raw`(?<p>50|90|95|99(?:\.9)?)\s?%\sof\s(?:all\s|the\s|our\s)?(?:requests|queries|calls|responses|searches|cases|predictions)(?:\s(?:must|should|shall|have to|are|be|is|need to|return|returned|answered|respond|served|complete|completed|finish|done)){0,4}\s(?:within|under|in|below|in less than|in under|faster than)\s${AMOUNT}\s?${TIME}`,
    ),
    kind: "duration",
    path: ({ p }) => ["latency", `p${p}`],
    unit: timeUnit,
  },
];
