/** The FLOP of distilling a student on a teacher's outputs. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Hinton, Vinyals and Dean 2015; 2 N D forward and 6 N D training (Kaplan et al. 2020). */
export const distillationCompute = defineEstimate({
  name: "distillation-compute",
  step: 5,
  summary: "the FLOP of distilling a student on a teacher's outputs",
  inputs: {
    teacher: { kind: "count", about: "parameters of the teacher", example: "70bn" },
    student: { kind: "count", about: "parameters of the student", example: "3bn" },
    tokens: { kind: "count", about: "tokens", example: "50bn" },
  },
  formula: `
    teacher_forward = 2 FLOP * teacher * tokens
    student_training = 6 FLOP * student * tokens
    total = teacher_forward + student_training
    teacher_share = teacher_forward / total -> %
  `,
  answer: "total",
  checks: [{ holds: "(teacher + student) * tokens > 0", otherwise: "there is nothing to train" }],
  source: "Hinton, Vinyals and Dean 2015; 2 N D forward and 6 N D training (Kaplan et al. 2020).",
});
