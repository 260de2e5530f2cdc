import type { Rule } from "../review/rule.ts";
export const RULES: readonly Rule[] = [];
