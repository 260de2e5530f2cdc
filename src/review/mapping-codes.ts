/** What can be wrong with a mapping once it is held against its files: codes as permanent as those of rules. */

export const MAPPING_CODES = {
  HP330: {
    name: "column-not-in-file",
    says: "the mapping names a column that the file does not have; the nearest name is offered",
    why: "a run stops there, and a name that is nearly right is mostly a slip",
    fix: "name the column as the file does, or by its number from 1",
  },
  HP331: {
    name: "data-not-here",
    says: "the files of the source are not where the note says, so that its mapping was not checked",
    why: "what is said of the data is held against nothing; a path in a note is relative to the note",
    fix: "check the path, or leave it where the data lies on another machine",
  },
  HP332: {
    name: "unreadable-times",
    says: "the time column cannot be read, or some of its cells are no moment or lie before 1980 or after today; the share is given",
    why: "rows without a moment cannot be put before or after a prediction",
    fix: "say how it is written: `time: { column, format, unit, zone }`; list words for no time under `null`",
  },
  HP333: {
    name: "unnamed-events",
    says: "rows hold an event that the note gives no name, or the note names one that no row holds; the share is given",
    why: "events without a name are left out, and with them perhaps what one wants to predict",
    fix: "name each value that counts: `events: { transaction: purchase }`",
  },
  HP334: {
    name: "few-rows-join",
    says: "fewer than 90% of the identifiers in the rows are in the side table; none at all is an error",
    why: "nothing is known about the others, and mostly the wrong column was named",
    fix: "check which column holds the identifier in each file",
  },
  HP335: {
    name: "repeated-rows",
    says: "rows repeat the key of another; those that contradict it are counted",
    why: "a row written twice counts twice, and of two labels only one is right",
    fix: "name the column that tells rows apart, or say which counts: `repair: { duplicates: { keep: last } }`",
  },
  HP336: {
    name: "missing-values",
    says: "rows have no identifier, value or label in a mapped column; the share is given",
    why: "they are left out or stop a run, and who is left out is rarely a matter of chance",
    fix: "fill them, name another column, or say what is done: `repair: { missing: drop }`",
  },
  HP337: {
    name: "one-answer-only",
    says: "all labels are the same, or no row is what the note calls wanted",
    why: "there is nothing to tell apart, and every model is right or wrong at once",
    fix: "name the column that holds the label, or the event and value that are wanted",
  },
  HP338: {
    name: "column-gives-label-away",
    says: "one input alone tells the positives from the others",
    why: "such a column is mostly filled in with the label or after it: offline it is perfect, in service it is empty",
    fix: "ask when it is known, and take the feature out",
  },
  HP339: {
    name: "cells-of-another-kind",
    says: "cells of a mapped column are no number or no label, or rows are not as the others; the share is given",
    why: "a run stops at the first, or leaves them out where the note says so",
    fix: "mend the file, or say what is done: `repair: { bad-number: drop }`",
  },
  HP340: {
    name: "source-not-readable",
    says: "a file of the source cannot be read: empty, cut short, in another encoding, with rows of another length",
    why: "nothing can be said about data that cannot be read",
    fix: "mend the file, or say how it is written: `delimiter`, `quote`, `encoding`, `compression`",
  },
  HP341: {
    name: "known-before-it-happened",
    says: "rows are known before the moment at which they happened; the share is given",
    why: "point-in-time features would take them for later than they are",
    fix: "check which column holds which moment",
  },
  HP342: {
    name: "own-model-not-as-noted",
    /** Where it is not that of its hundred: a model is of step 4. */
    step: 4,
    says: "the file of your own model is not where the note says, or does not have the inputs and outputs that the note names, or facts stand beside it that only a training reads",
    why: "a run is refused there, before anything is read",
    fix: "write what the file has, which the finding lists",
  },
  HP343: {
    name: "model-needs-other-data",
    step: 4,
    says: "a model, a stage or a feature needs what the source does not say: attributes of items, the order of choices, a column of a side table",
    why: "a run is refused there before anything is read, or the stage changes nothing",
    fix: "name the columns that say it, or take a part that does without",
  },
} as const;

export type MappingCode = keyof typeof MAPPING_CODES;
