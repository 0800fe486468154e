/** A file as a person named it, and where it lies. */
export interface NamedFile {
  path: string;
  file: string;
}

export interface PredictJob {
  model: NamedFile;
  data: NamedFile;
  /** Says how the data is written: separators, encoding, markers of missing cells. */
  experiment: NamedFile | null;
}

/** The file, within the folder of the child, in which the predictions are. */
export const predictionsName = "predictions.csv";
