/** The properties that `npm test` draws a share of, drawn as often as they should be. */

import "../src/design/markdown.test.ts";
import "../src/node/durable-decider.test.ts";
import "../src/note/design-hostile.test.ts";
import "../src/note/rules-fuzz.test.ts";
import "../src/note/set-fact.test.ts";
import "../src/steps/3-data/features/build-features.test.ts";
import "../src/steps/6-deploy/experiment/analysis-words.test.ts";
import "../src/steps/6-deploy/serve/feature-state.test.ts";
import "./set-pages.test.ts";
