import { expect, it } from "vitest";
import { type FileKind, fileKind } from "../../src/facts/file-kind.ts";

it.each<[kind: FileKind | null, paths: string[]]>([
  [
    "code",
    [
      "train.py",
      "src/Model.R",
      "notebooks/01 look.ipynb",
      "fit.jl",
      "Fit.scala",
      "run.sh",
      "Dockerfile",
      "docker/Dockerfile.gpu",
      "Makefile",
      "requirements.txt",
      "requirements-dev.txt",
      "requirements/base.txt",
      "environment.yml",
      "conda.yaml",
      "poetry.lock",
      "pyproject.toml",
      ".hidden/train.py",
      ".github/scripts/train.sh",
    ],
  ],
  [
    "parameters",
    [
      "params.yaml",
      "hparams.yml",
      "hyperparameters.json",
      "conf/config.yaml",
      "configs/model/tree.yaml",
      "src/config/train.yml",
      "MLproject",
      "dvc.yaml",
      "dvc.lock",
      "model.gin",
    ],
  ],
  ["metrics", ["metrics.json", "metrics/test.json", "reports/scores.csv", "evaluation.json"]],
  ["model", ["model.pkl", "models/best.onnx", "weights.pt", "w.pth", "m.joblib", "w.safetensors", "keras.h5"]],
  [
    "other",
    [
      "data/a.csv",
      "b.csv",
      "data/cat.png",
      "data/labels.txt",
      "model.bin.dvc",
      "odd",
      "m/experiment.yml",
      "models/vocab.txt",
    ],
  ],
  [
    null,
    [
      "README.md",
      "readme",
      "docs/how.rst",
      "docs/notes.txt",
      "LICENSE.txt",
      "LICENSE",
      "CODEOWNERS",
      "docs/a.png",
      ".gitignore",
      ".github/workflows/ci.yml",
      ".circleci/config.yml",
      ".pre-commit-config.yaml",
    ],
  ],
])("%s", (kind, paths) => {
  expect(paths.map((path) => [path, fileKind(path)])).toEqual(paths.map((path) => [path, kind]));
});
