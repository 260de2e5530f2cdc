import { describeVectorIndex } from "../../../../test/contracts/vector-index.ts";
import { exactIndex } from "./exact.ts";

describeVectorIndex({ index: exactIndex, recall: 1, bytesWithin: 1.001 });
