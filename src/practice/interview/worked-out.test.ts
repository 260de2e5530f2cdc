import { describe, expect, it } from "vitest";
import { isWorkedOut } from "./worked-out.ts";

describe("an estimate", () => {
  it.each([
    "20 analysts at 10 minutes give 960 looks a day.",
    "Twenty analysts at ten minutes a case make 960 looks.",
    "900 shops times 12 thousand articles is about 11 million series.",
    "30 thousand requests with 200 candidates each, so 6 million scores a second.",
    "40 ms for reading and 15 ms for scoring add up to 55 ms.",
    "1,200 × 86,400 a day",
    "50M * 128 * 4 bytes",
    "rate = users / seconds",
    "2 million members -> 400 requests a second",
    "100M items times 512 floats of 4 bytes: 205 GB before compression.",
    "20 × 3 = 60",
    "400 million 128-byte vectors are 51 GB.",
    "Multiplying 100M vectors by 2 kB gives 200 GB.",
    "205 GB for 100M vectors of 512 floats",
    "100M vectors with 512 floats need 205 GB.",
    "200 million vectors of 256 floats are 205 GB, which is more than one machine holds.",
    "50M queries of 30 bytes with counts need 2 GB.",
    "A hundred million vectors of 64 floats are 26 GB.",
    "256 dimensions in float32 is 1 kB each, so 50 GB for 50 million.",
    "400 requests a second need 12 replicas.",
    "512-d fp16 vectors for 100M products come to 102 GB.",
    "100M vectors × 256 bytes ≈ 26 GB",
  ])("is worked out in %s", (text) => {
    expect(isWorkedOut(text)).toBe(true);
  });

  it.each([
    "Latency is 80 ms at p99.",
    "* reading takes 10 ms\n* scoring takes 15 ms",
    "It is **very** fast: 10 ms of 80 ms.",
    "We use 20 analysts. They take 10 minutes. There are 960 looks.",
    "Rollout at 1%, 10% and 50%.",
    "The index of 100M vectors is held in 30 GB of memory.",
    "500 candidates → 50 ranked",
    "IVF-PQ codes of 64 bytes across four shards, then rescoring with full vectors.",
    "With product quantization a vector is only 64 bytes, and best hundred are compared again by full vectors.",
    "100M vectors fit into memory of 8 hosts.",
    "Its memory is 100 million.",
    "rollout 1% -> 10% -> 50%",
    "p99 = 100 ms",
    "recall@10 = 0.4",
    "label = purchase within 7 days",
    "a * b",
    "query → encoder → index",
    "In 2 stages and 3 weeks the model is retrained at 4 o'clock.",
  ])("is none in %s", (text) => {
    expect(isWorkedOut(text)).toBe(false);
  });
});
