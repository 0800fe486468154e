import { stringify } from "yaml";
import { defaultModel } from "../../pipeline/compare-models/candidates.ts";
import type { ModelOptions } from "../../pipeline/experiment/experiment.ts";

/** The `model:` block of an experiment file that stands for this model; options with their defaults are left out. */
export function modelBlock(model: ModelOptions): string {
  const defaults = defaultModel(model.type);
  const written = Object.entries(model).filter(([name, value]) => name === "type" || defaults[name] !== value);
  return stringify({ model: Object.fromEntries(written) }).trimEnd();
}
