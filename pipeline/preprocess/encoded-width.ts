import type { SerializedPreprocessor } from "./preprocessor.ts";

/** Number of matrix columns: one per numeric feature, one per category of the others. */
export function encodedWidth({ features }: SerializedPreprocessor): number {
  return features.reduce((width, feature) => width + (feature.type === "numeric" ? 1 : feature.categories.length), 0);
}
