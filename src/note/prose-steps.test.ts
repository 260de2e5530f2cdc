import { describe, expect, it } from "vitest";
import { readWording, stepsOfHeading } from "../review/prose-wording.ts";
import { PROSE_STEPS } from "./prose-steps.ts";

/** Headings of public notes, by the steps they speak of; parted by ` · `. */
const WORDINGS: readonly (readonly [steps: readonly number[], wordings: string])[] = [
  [
    [1],
    "Business task · Motivation · Overview · Context · Scope and product policy · Requirements · Functional / Non-functional requirements · Clarifying Questions · Typical Use Cases · Constraints · Requirements & Constraints · Scope and scale · Latency requirements · Production Requirements · Data privacy · GDPR · Cost · Security · Project setup",
  ],
  [[1, 2], "Problem Formulation · Problem definition · Technical Task Definition"],
  [
    [2],
    "Frame the Problem · ML Objective · ML task · Metrics · Success Criteria · Metrics (Offline and Online) · Model Input/Output · Baseline solution · Threshold selection",
  ],
  [
    [3],
    "Data · Data Collection and Preparation · Data and labels · Feature Engineering · Labeling · Constructing the Dataset · Class imbalance · Leakage prevention · Negative Sampling Strategy",
  ],
  [
    [4],
    "Modeling · Model Selection · ML Architecture · Retrieval and ranking · Re-Ranking · Two-tower network · Architectural Components · Multi-task architecture · Cold start problem · Logistic regression over hashed features · Alternatives · Techniques · Exploration exploitation trade-off",
  ],
  [[4, 5], "Model Development and Offline Evaluation"],
  [
    [5],
    "Model Training · Offline evaluation · Hyperparameter tuning · Experimentation & Validation · ML Training Pipeline · Loss function · Errors and their analysis · Calibration",
  ],
  [
    [6],
    "Serving · Deployment · Online Testing and Deployment · A/B tests · Inference · Prediction Service · Infra · Fallback (graceful degradation) · Indexing pipeline · Load Testing Results · Memory / Compute estimation",
  ],
  [[6, 7], "Scaling, Monitoring, and Updates · Deployment and monitoring"],
  [
    [7],
    "Monitoring & Alarms · Continual learning · Model Retraining · Model behaviour (no labels needed for a first look)",
  ],
  [[], "Table of Contents · Glossary · References · Interview questions · Lessons learned · About this chapter"],
];

const EACH = WORDINGS.flatMap(([steps, wordings]) => wordings.split(" · ").map((wording) => [wording, steps] as const));

describe("the wordings of public notes", () => {
  it.each(EACH)("takes %j for step %j", (wording, steps) => {
    expect(stepsOfHeading(wording, PROSE_STEPS)).toEqual(steps);
    expect(readWording(wording, PROSE_STEPS).known).toBe(true);
  });

  it.each(EACH)("takes %j for the same with a number, emphasis of case and an emoji in front", (wording, steps) => {
    for (const written of [
      `3. ${wording}`,
      `Step 4: ${wording}`,
      `🎯 ${wording.toUpperCase()}`,
      `Chapter 2: ${wording}`,
    ]) {
      expect(stepsOfHeading(written, PROSE_STEPS)).toEqual(steps);
    }
  });
});

/** As templates, books and companies write them. */
const MORE: readonly (readonly [steps: readonly number[], wordings: string])[] = [
  [
    [1],
    "Goals / Non-Goals · Background and motivation · Why are we doing this? · Assumptions · Out of scope · Back of the envelope calculations · Capacity estimation · Service level objectives · SLAs · Expected impact · Customer impact · Ethical considerations · Risks and mitigations · Executive summary · Legal and compliance · Privacy considerations",
  ],
  [
    [2],
    "Translate into an ML problem · Should we use machine learning? · What are we predicting? · Heuristic baseline · Guardrail metrics · Counter metrics · Proxy metrics · North star metric · How will we measure success?",
  ],
  [
    [3],
    "Data pipeline · EDA · Train/validation/test split · Contextual features · Cross features · Annotation guidelines · Hard negatives · Delayed labels · Point-in-time correctness · Where does the data come from?",
  ],
  [
    [4],
    "Candidate generation · First-stage ranking · Design alternatives · Options considered · Proposed approach · Detailed design · Modeling strategy · Query tower · Ensembling",
  ],
  [
    [5],
    "Training infrastructure · Offline eval · Slice-based evaluation · Fairness analysis · Overfitting · Ablation study · Knowledge distillation · Human evaluation · How is it evaluated?",
  ],
  [
    [6],
    "Serving infra · Online experiments · Launch plan · Rollback plan · Blue-green deployment · Batch vs online inference · On-device inference · Failure modes · Load balancing · Autoscaling · How is it served?",
  ],
  [
    [7],
    "Incident response · On-call runbook · Retraining triggers · Post-launch monitoring · Data flywheel · Feedback loop · When to retrain · How is it monitored?",
  ],
  [
    [],
    "Follow-ups · Follow-up questions · Deep dives · Additional resources · Contributors · Acknowledgements · Other talking points · Reviewers · Related work · Key takeaways · Release notes",
  ],
];

describe("the wordings of templates", () => {
  it.each(MORE.flatMap(([steps, wordings]) => wordings.split(" · ").map((wording) => [wording, steps] as const)))(
    "take %j for step %j",
    (wording, steps) => {
      expect(readWording(wording, PROSE_STEPS)).toMatchObject({ steps, known: true });
    },
  );
});

describe("words that only hold a wording", () => {
  it.each([
    "Loss of users",
    "Loss of our customers",
    "User loss",
    "Training the moderators",
    "Privacy labels",
    "Security training",
    "Legal model",
    "Team",
    "The team",
    "Scoping the data team",
    "Feature team",
    "Not monitoring",
    "Data we never label",
    "Training without labels",
    "Model card",
  ])("are asked and not guessed: %j", (heading) => {
    expect(readWording(heading, PROSE_STEPS)).toMatchObject({ steps: [], known: false });
  });

  it.each([
    ["Loss for ranking", 5],
    ["Training on user data", 5],
    ["Scaling for users", 6],
    ["Monitoring of models", 7],
    ["No peeking", 3],
    ["Privacy and security", 1],
    ["Privacy of the model", 1],
    ["Monitoring of privacy", 7],
  ])("are told from %j, which is of step %i", (heading, step) => {
    expect(readWording(heading, PROSE_STEPS)).toMatchObject({ steps: [step], known: true });
  });
});

/** As people speak. */
const SPOKEN: readonly (readonly [steps: readonly number[], wordings: string])[] = [
  [
    [1],
    "Understanding the ask · Setting the scene · Limits we live with · What exactly must it do · Legal boundaries · Expected load",
  ],
  [
    [2],
    "What are we really optimising? · Casting it as ML · Cost matrix · What goes in and what comes out · How we keep score · Choosing the operating point",
  ],
  [
    [3],
    "Signals about the user · Logs and joins · Labels arrive late · Splitting the history · Train, dev and test · Rare classes",
  ],
  [[4], "Candidate learners · Ordering the candidates · Cold users · First version of the model"],
  [[5], "Does it hold up? · Replaying last month · Where it goes wrong · Offline numbers · Results by segment"],
  [[6], "Rolling it out · When the model is down · Kill switch · Live test plan · Latency breakdown · Online test"],
  [[7], "Life after release · Upkeep · Watching the numbers · Closing the loop · Who gets paged"],
];

describe("the wordings of people who tell a story", () => {
  it.each(SPOKEN.flatMap(([steps, wordings]) => wordings.split(" · ").map((wording) => [wording, steps] as const)))(
    "take %j for step %j",
    (wording, steps) => {
      expect(readWording(wording, PROSE_STEPS)).toMatchObject({ steps, known: true });
    },
  );
});

describe("a heading that is no known wording", () => {
  it.each([
    "How Netflix learned to love numbers",
    "Where the money goes",
    "数据",
    "Мониторинг",
    "Vector database",
    "What could go wrong?",
    "Talking points",
    "Constrained decoding grammar rules",
    "Metadata",
    "Restraint",
    "Evaluation of vendors",
    "Training the staff",
    "Metrics server",
    "The model of the business",
    "Competitors",
    "Interview tips",
    "UI design",
    "Pricing",
    "Tech stack",
    "History",
    "Customer database",
    "",
    "2024",
    "Ranking of universities",
    "Baseline salary",
    "Serving dinner",
    "Label of the wine",
    "Users of drugs",
    "Alert bay",
    "Overview effect",
  ])("is not guessed: %j", (wording) => {
    expect(readWording(wording, PROSE_STEPS)).toMatchObject({ steps: [], known: false });
  });

  it("is matched by whole words only", () => {
    expect(stepsOfHeading("Constraints", PROSE_STEPS)).toEqual([1]);
    expect(stepsOfHeading("Remodelled kitchens", PROSE_STEPS)).toEqual([]);
    expect(stepsOfHeading("Databases", PROSE_STEPS)).toEqual([]);
  });
});

describe("a heading of several words", () => {
  it.each([
    ["3.1 Data sources", [3]],
    ["Step 4 - Model selection", [4]],
    ["Logging and Monitoring", [7]],
    ["Model serving & A/B testing", [6]],
    ["High-level ML design", [4]],
    ["Training Data & Label Generation", [3]],
    ["Ranking Model Architecture", [4]],
    ["Model Monitoring and Continuous Learning", [7]],
    ["II. Model", [4]],
    ["Deep Dive: Candidate Generation", [4]],
    ["Non-ML baseline", [2]],
    ["Evaluation (offline)", [5]],
    ["Train & Serve", [5, 6]],
    ["Serving the model", [6]],
    ["Metrics for ranking", [2]],
    ["Monitoring of models", [7]],
    ["Data for training", [3]],
    ["Fraud model", [4]],
    ["Models tried", [4]],
  ] as const)("takes %j for step %j", (wording, steps) => {
    expect(stepsOfHeading(wording, PROSE_STEPS)).toEqual(steps);
  });
});
