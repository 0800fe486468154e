import { RE2JS } from "re2js";

/** What a file can do to a model, by its name alone; in the order in which a reader should hear of them. */
export const fileKinds = ["code", "parameters", "metrics", "model", "other"] as const;
export type FileKind = (typeof fileKinds)[number];

const named: [kind: FileKind | null, name: RegExp][] = [
  // Pipelines of DVC and MLflow, and what Hydra and others read: before code, because `dvc.lock` looks like a lock file.
  ["parameters", /(^|\/)((hyper_?|h)?param(eter)?s?[^/]*\.(ya?ml|json|toml)|dvc\.(yaml|lock)|mlproject|[^/]*\.gin)$/],
  ["parameters", /(^|\/)conf[^./]*(\/[^./][^/]*)*\/[^/]+\.ya?ml$/],
  [
    "code",
    /\.(py|pyx|pyi|ipynb|r|rmd|qmd|jl|scala|java|kt|sql|sh|bash|zsh|ps1|bat|c|cc|cpp|cu|h|hpp|rs|go|m|js|ts|mk)$/,
  ],
  ["code", /(^|\/)(dockerfile[^/]*|[^/]*\.dockerfile|makefile|snakefile|justfile|setup\.cfg|pipfile|pyproject\.toml)$/],
  ["code", /(^|\/)(requirements|constraints|environment|conda)[^/]*\.(txt|in|ya?ml)$/],
  [
    "code",
    /(^|\/)requirements\/[^/]+\.(txt|in)$|\.(lock|sbt)$|(^|\/)([^/]*-lock\.(json|ya?ml)|(project|manifest)\.toml)$/,
  ],
  ["metrics", /(^|\/)metrics\/.+\.(json|ya?ml|csv|tsv)$|(^|\/)[^/]*(metric|score|eval)[^/]*\.(json|ya?ml|csv|tsv)$/],
  [
    "model",
    /\.(pkl|pickle|onnx|pth?|joblib|h5|hdf5|keras|safetensors|ckpt|pb|tflite|mlmodel|rds|cbm|ubj|gguf|model|bin|npz)$/,
  ],
  // A pointer of DVC stands for data or for a model.
  ["other", /\.dvc$|(^|\/)(data|datasets?)\//],
  // Texts, pictures, and what steers a repository, an editor or a service: nothing of it can change a model.
  [null, /\.(md|mdx|markdown|rst|adoc|pdf|docx?|html?|css|svg|png|jpe?g|gif|webp|ico|bib|tex|cff)$/],
  // Elsewhere a plain text may be a vocabulary, a list of stop words or of labels.
  [null, /(^|\/)docs?\/(.*\/)?[^/]+\.txt$/],
  [null, /(^|\/)(licen[cs]e|copying|notice|authors|contributors|codeowners|changelog|readme)[^/]*$/],
  [null, /(^|\/)\.[^/]/],
];

/** A name can be long and made to stall a backtracking engine; RE2 takes linear time. */
const rules = named.map(([kind, name]) => ({ kind, name: RE2JS.compile(name.source) }));

/** Of which kind a changed file is; null: it can't change a model. */
export function fileKind(path: string): FileKind | null {
  const lower = path.toLowerCase();
  const found = rules.find(({ name }) => name.matcher(lower).find());
  return found === undefined ? "other" : found.kind;
}
