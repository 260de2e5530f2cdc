import { describeVectorIndex } from "../../../../test/contracts/vector-index.ts";
import { exactInt8Index } from "./exact-int8.ts";

describeVectorIndex({ index: exactInt8Index, recall: 1, bytesWithin: 1.001 });
describeVectorIndex({ index: exactInt8Index, options: { rescore: 0 }, recall: 0.97, bytesWithin: 1.001 });
