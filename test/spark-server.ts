/** A Spark Connect server that somebody has started, for tests and benchmarks: HEPTAD_SPARK_URL says where it listens. */

/** `sc://127.0.0.1:15002`; undefined where none is named. It must see the folders of this machine. */
export const SPARK_URL = process.env.HEPTAD_SPARK_URL;

/** What the names of tests say that are skipped without it. */
export const WITHOUT_SPARK = " (skipped where HEPTAD_SPARK_URL names no Spark Connect server)";
