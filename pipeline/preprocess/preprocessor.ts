/** Fitted on training rows only. One entry per feature, in feature order. */
export interface SerializedPreprocessor {
  features: SerializedFeature[];
}

export type SerializedFeature =
  | {
      name: string;
      type: "numeric" /** imputed for missing */;
      median: number;
      mean: number /** 1 when constant */;
      scale: number;
    }
  | {
      name: string;
      type: "categorical" /** one-hot in this order; unknown values encode as all zeros */;
      categories: string[];
    };
