import { maxStandardized } from "../preprocess/apply-preprocessor.ts";
import { missingCategory } from "../preprocess/fit-preprocessor.ts";
import type { SerializedFeature } from "../preprocess/preprocessor.ts";
import type { Graph } from "./graph.ts";
import { integers, rowOf } from "./tensor.ts";

type NumericFeature = Extract<SerializedFeature, { type: "numeric" }>;
type CategoricalFeature = Extract<SerializedFeature, { type: "categorical" }>;

/**
 * Declares one input per feature and encodes them as `applyPreprocessor` does, in the same operations on doubles, so
 * that the encoded numbers are the same to the last bit. A missing number is NaN (infinities count as missing too), a
 * missing category is the empty text.
 *
 * @returns the encoded columns, rows × width; null when there are none
 */
export function encodeFeatures(graph: Graph, features: readonly SerializedFeature[]): string | null {
  const inputs = features.map(({ name, type }) =>
    type === "numeric"
      ? graph.input({ name, type: "double", columns: 1, docs: "A number; NaN when missing." })
      : graph.input({ name, type: "string", columns: 1, docs: "A category; the empty text when missing." }),
  );
  const blocks: string[] = [];
  for (let from = 0; from < features.length; ) {
    const feature = features[from]!;
    if (feature.type === "categorical") {
      if (feature.categories.length > 0) blocks.push(encodeCategories(graph, inputs[from]!, feature));
      from++;
    } else {
      const run = leadingNumbers(features.slice(from));
      blocks.push(encodeNumbers(graph, inputs.slice(from, from + run.length), run));
      from += run.length;
    }
  }
  return blocks.length === 0 ? null : joinColumns(graph, blocks);
}

/** Neighboring numeric features are encoded together. */
function leadingNumbers(features: readonly SerializedFeature[]): NumericFeature[] {
  const run: NumericFeature[] = [];
  for (const feature of features) {
    if (feature.type !== "numeric") break;
    run.push(feature);
  }
  return run;
}

function encodeNumbers(graph: Graph, inputs: readonly string[], features: readonly NumericFeature[]): string {
  const raw = joinColumns(graph, inputs);
  const absent = graph.node("Or", [graph.node("IsNaN", [raw]), graph.node("IsInf", [raw])]);
  const medians = graph.constant(rowOf(features.map(({ median }) => median)));
  const numbers = graph.node("Where", [absent, medians, raw]);
  const means = graph.constant(rowOf(features.map(({ mean }) => mean)));
  const scales = graph.constant(rowOf(features.map(({ scale }) => scale)));
  const difference = graph.node("Sub", [numbers, means]);
  // Only two huge numbers of opposite sign overflow, and for those dividing first is safe.
  const shift = graph.constant(rowOf(features.map(({ mean, scale }) => mean / scale)));
  const dividedFirst = graph.node("Sub", [graph.node("Div", [numbers, scales]), shift]);
  const divided = graph.node("Div", [difference, scales]);
  const standardized = graph.node("Where", [graph.node("IsInf", [difference]), dividedFirst, divided]);
  const least = graph.constant({ type: "double", dims: [], values: [-maxStandardized] });
  const most = graph.constant({ type: "double", dims: [], values: [maxStandardized] });
  return graph.node("Clip", [standardized, least, most]);
}

/** One column per category: one where the input is that category, else zero. Unknown categories have position −1. */
function encodeCategories(graph: Graph, input: string, { categories }: CategoricalFeature): string {
  const missing = categories.indexOf(missingCategory);
  const position = graph.mlNode("LabelEncoder", [input], {
    keys_strings: ["", ...categories],
    values_int64s: [missing, ...categories.keys()],
    default_int64: -1,
  });
  const positions = graph.constant(integers([...categories.keys()]));
  return graph.node("Cast", [graph.node("Equal", [position, positions])], { to: 11 });
}

function joinColumns(graph: Graph, columns: readonly string[]): string {
  return columns.length === 1 ? columns[0]! : graph.node("Concat", columns, { axis: 1 });
}
