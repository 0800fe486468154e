/** Bytes of the data of one revision that are read at most, of all its files together. Larger files belong into a sample that the experiment names. */
export const maxDataBytes = 50 * 1024 * 1024;

/** Files that the data of one revision may have. */
export const maxDataFiles = 100;

/** Bytes of an experiment file that are read at most. */
export const maxExperimentBytes = 64 * 1024;

/** What a child process may use for one model's review, unless the caller says otherwise. */
export const childLimits = { seconds: 300, megabytes: 2_048 };
