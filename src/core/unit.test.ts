import { describe, expect, it } from "vitest";
import { combine, type Dimension, describeDimension, MAGNITUDES, raise, sameDimension, UNITS } from "./unit.ts";

const factor = (name: string): number | undefined => UNITS.get(name)?.factor;

/** Definitions of the SI (9th brochure), of IEC 80000-13 for bytes, and of the page on units of the handbook, by hand. */
const DEFINED: readonly (readonly [dimension: Dimension, size: number, names: string])[] = [
  [{ second: 1 }, 0.000_000_001, "ns nsec nanosecond nanoseconds"],
  [{ second: 1 }, 0.000_001, "us µs μs usec µsec microsecond microseconds"],
  [{ second: 1 }, 0.001, "ms msec msecs millis millisecond milliseconds"],
  [{ second: 1 }, 1, "s sec secs second seconds"],
  [{ second: 1 }, 60, "m min mins minute minutes"],
  [{ second: 1 }, 3600, "h hr hrs hour hours"],
  [{ second: 1 }, 86_400, "d day days"],
  [{ second: 1 }, 604_800, "w wk wks week weeks"],
  [{ second: 1 }, 2_628_000, "mo month months"],
  [{ second: 1 }, 31_536_000, "y yr yrs year years"],
  [{ byte: 1 }, 1, "B byte bytes fp8 float8 int8 uint8"],
  [{ byte: 1 }, 0.125, "b bit bits"],
  [{ byte: 1 }, 8, "fp64 float64 int64 uint64"],
  [{ byte: 1 }, 4, "fp32 float32 int32 uint32"],
  [{ byte: 1 }, 2, "fp16 bf16 float16 bfloat16 int16 uint16"],
  [{ byte: 1 }, 0.5, "fp4 int4 uint4 nf4"],
  [{ byte: 1 }, 1e3, "kB KB"],
  [{ byte: 1 }, 1e6, "MB"],
  [{ byte: 1 }, 1e9, "GB"],
  [{ byte: 1 }, 1e12, "TB"],
  [{ byte: 1 }, 1e15, "PB"],
  [{ byte: 1 }, 1e18, "EB"],
  [{ byte: 1 }, 1e21, "ZB"],
  [{ byte: 1 }, 125, "kb Kb kbit"],
  [{ byte: 1 }, 1.25e8, "Gb Gbit"],
  [{ byte: 1 }, 1024, "KiB"],
  [{ byte: 1 }, 1_048_576, "MiB"],
  [{ byte: 1 }, 1_073_741_824, "GiB"],
  [{ byte: 1 }, 1_099_511_627_776, "TiB"],
  [{ byte: 1 }, 1_125_899_906_842_624, "PiB"],
  [{ byte: 1 }, 131_072, "Mib Mibit"],
  [{ byte: 1, second: -1 }, 0.125, "bps"],
  [{ byte: 1, second: -1 }, 1, "Bps"],
  [{ byte: 1, second: -1 }, 1.25e8, "Gbps"],
  [{ byte: 1, second: -1 }, 1e6, "MBps"],
  [{ byte: 1, second: -1 }, 1_048_576, "MiBps"],
  [{ dollar: 1 }, 1, "$ USD dollar dollars"],
  [{ dollar: 1 }, 0.01, "cent cents ¢"],
  [{ euro: 1 }, 1, "€ EUR euro euros"],
  [{ pound: 1 }, 1, "£ GBP"],
  [{ flop: 1 }, 1, "FLOP FLOPs flop flops OP OPs"],
  [{ flop: 1 }, 2, "MAC MACs"],
  [{ flop: 1 }, 1e12, "TFLOP TFLOPs TOP TOPs"],
  [{ flop: 1 }, 2e9, "GMAC GMACs"],
  [{ flop: 1, second: -1 }, 1, "FLOPS OPS"],
  [{ flop: 1, second: -1 }, 1e15, "PFLOPS POPS"],
  [{ joule: 1 }, 1, "J joule joules"],
  [{ joule: 1 }, 3600, "Wh"],
  [{ joule: 1 }, 3_600_000, "kWh"],
  [{ joule: 1 }, 3.6, "mWh"],
  [{ joule: 1 }, 1e6, "MJ"],
  [{ joule: 1 }, 1e-3, "mJ"],
  [{ joule: 1 }, 1e-6, "µJ μJ uJ"],
  [{ joule: 1 }, 1e-9, "nJ"],
  [{ joule: 1 }, 1e-12, "pJ"],
  [{ joule: 1 }, 1e-15, "fJ"],
  [{ joule: 1, second: -1 }, 1, "W watt watts"],
  [{ joule: 1, second: -1 }, 1e3, "kW"],
  [{ joule: 1, second: -1 }, 1e-3, "mW"],
  [{ joule: 1, second: -1 }, 1e-6, "µW uW"],
  [{ ampere: 1, second: 1 }, 3600, "Ah"],
  [{ ampere: 1, second: 1 }, 3.6, "mAh"],
  [{ ampere: 1 }, 1, "A amp amps ampere amperes"],
  [{ ampere: 1 }, 0.001, "mA"],
  [{ joule: 1, ampere: -1, second: -1 }, 1, "V volt volts"],
  [{ joule: 1, ampere: -1, second: -1 }, 0.001, "mV"],
  [{ joule: 1, ampere: -1, second: -1 }, 1000, "kV"],
  [{ metre: 1 }, 1, "metre metres meter meters"],
  [{ metre: 1 }, 0.001, "mm"],
  [{ metre: 1 }, 0.01, "cm"],
  [{ metre: 1 }, 1000, "km"],
  [{ gram: 1 }, 1, "g gram grams gCO2 gCO2e gCO₂ gCO₂e"],
  [{ gram: 1 }, 0.001, "mg mgCO2"],
  [{ gram: 1 }, 1000, "kg kgCO2e kgCO₂e"],
  [{ gram: 1 }, 1_000_000, "t tonne tonnes tCO2e"],
  [{ second: -1 }, 1, "Hz rps qps tps fps RPS QPS TPS FPS"],
  [{ second: -1 }, 1 / 60, "rpm qpm RPM QPM TPM"],
  [{ second: -1 }, 1e9, "GHz"],
];

describe("units", () => {
  it.each(DEFINED)("of %j measure %d base units: %s", (dimension, size, names) => {
    for (const name of names.split(" ")) {
      const unit = UNITS.get(name);
      expect(unit?.dimension, name).toEqual(dimension);
      expect(Math.abs((unit?.factor ?? 0) / size - 1), name).toBeLessThan(1e-14);
    }
  });

  it("grow by a thousand from prefix to prefix, whatever is measured, and by 1024 with an i", () => {
    const expectSteps = (units: readonly string[], prefixes: readonly string[], step: number): void => {
      for (const unit of units) {
        for (let i = 1; i < prefixes.length; i++) {
          const ratio = (factor(`${prefixes[i]}${unit}`) ?? 0) / (factor(`${prefixes[i - 1]}${unit}`) ?? 0);
          expect(ratio / step, `${prefixes[i]}${unit}`).toBeCloseTo(1, 12);
        }
      }
    };
    const decimal = ["B", "b", "bit", "bps", "Bps", "FLOP", "FLOPs", "OP", "OPs", "MAC", "MACs", "FLOPS", "OPS"];
    expectSteps(decimal, ["k", "M", "G", "T", "P", "E", "Z"], 1000);
    expectSteps(["B", "b", "bps", "FLOP", "MAC", "FLOPS", "W", "J", "Wh", "Hz"], ["", "k", "M", "G", "T"], 1000);
    expectSteps(["J", "Wh", "W", "A", "V"], ["f", "p", "n", "u", "m", ""], 1000);
    expectSteps(["B", "b", "Bps"], ["", "Ki", "Mi", "Gi", "Ti", "Pi"], 1024);
  });

  it("keep the speed of a line in bits apart from one in bytes", () => {
    expect(factor("Gbps")).toBe(1.25e8);
    expect(factor("GBps")).toBe(1e9);
  });

  it("tell an amount of FLOP from a rate of it", () => {
    expect(UNITS.get("TFLOPs")?.dimension).toEqual({ flop: 1 });
    expect(UNITS.get("TFLOPS")?.dimension).toEqual({ flop: 1, second: -1 });
  });

  it("have words and letters for thousands, millions, billions and trillions of bare numbers", () => {
    const sizes = { 1e3: "k K thousand", 1e6: "M million", 1e9: "bn G B billion", 1e12: "T trillion" };
    for (const [size, names] of Object.entries(sizes)) {
      for (const name of names.split(" ")) expect(MAGNITUDES.get(name), name).toBe(Number(size));
    }
  });
});

describe("dimensions", () => {
  it("cancel when divided by themselves", () => {
    expect(combine({ byte: 1, second: -1 }, { byte: 1, second: -1 }, -1)).toEqual({});
    expect(sameDimension({ byte: 1 }, { byte: 1, second: 0 })).toBe(true);
    expect(sameDimension({ byte: 1 }, { byte: 1, second: -1 })).toBe(false);
  });

  it("add their exponents in a product and subtract them in a quotient", () => {
    expect(combine({ byte: 1 }, { byte: 1, second: -1 }, 1)).toEqual({ byte: 2, second: -1 });
    expect(combine({ byte: 1 }, { byte: 1, second: -1 }, -1)).toEqual({ second: 1 });
    expect(combine({}, { dollar: 1 }, -1)).toEqual({ dollar: -1 });
  });

  it("have a square root only when every exponent is even", () => {
    expect(raise({ second: 2 }, 0.5)).toEqual({ second: 1 });
    expect(raise({ second: 1 }, 0.5)).toBeUndefined();
    expect(raise({ byte: 1, second: -1 }, 3)).toEqual({ byte: 3, second: -3 });
    expect(raise({ byte: 3 }, 1 / 3)).toEqual({ byte: 1 });
    expect(raise({ byte: 1 }, 0)).toEqual({});
  });

  it("are said in words, what is divided by after the stroke", () => {
    expect(describeDimension({})).toBe("a plain number");
    expect(describeDimension({ byte: 1 })).toBe("byte");
    expect(describeDimension({ second: -1 })).toBe("1/second");
    expect(describeDimension({ dollar: 1, byte: -1, second: -2 })).toBe("dollar/byte/second^2");
    expect(describeDimension({ byte: 2, joule: 1 })).toBe("byte^2·joule");
  });
});
