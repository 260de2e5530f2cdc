/** The words for things that are counted: they have no dimension, and naming them keeps a note readable. */

/** Counted things by every spelling that is read. */
export const NOUNS: ReadonlySet<string> = new Set(
  (
    "req reqs user users member members item items title titles request requests prediction predictions event events image images " +
    "photo photos row rows token tokens vector vectors dim dims dimension dimensions param params parameter parameters " +
    "query queries transaction transactions replica replicas core cores gpu gpus GPU GPUs click clicks view views rating ratings " +
    "customer customers card cards terminal terminals document documents doc docs post posts session sessions message messages record records " +
    "impression impressions alert alerts feature features server servers node nodes machine machines label labels example examples " +
    "sample samples layer layers head heads step steps call calls listing listings video videos ad ads chunk chunks " +
    "pixel pixels float floats char chars character characters word words class classes tree trees leaf leaves key keys shard shards " +
    "list lists centroid centroids weight weights value values candidate candidates frame frames cycle cycles worker workers " +
    "job jobs epoch epochs device devices partition partitions copy copies account accounts driver drivers trip trips order orders " +
    "DAU MAU WAU TPU TPUs CPU CPUs NPU NPUs people person persons visitor visitors viewer viewers"
  ).split(" "),
);

/** Accelerators are counted as `8xH100` and `8 A100`; alone, a name of one is no number. */
const DEVICE =
  /^(?:H(?:100|200|800|20)|A(?:100|800|10G?|30|40)|G?B(?:100|200|300)|L(?:4|40S?)|[TP]4|[VP]100|MI\d{3}X?|TPUv\d[ep]?)s?$/u;

export function isDeviceName(word: string): boolean {
  return DEVICE.test(word);
}
