import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { engineVersion } from "./engine-version.ts";
import type { Experiment, SplitOptions } from "./experiment/experiment.ts";
import { experimentDigest } from "./experiment/experiment-digest.ts";

/** By what a run is judged instead of its experiment's own positive class, split and row key. */
export interface RunYardstick {
  positive: string | null;
  split: SplitOptions;
  /** The columns whose content names a row; null: all of them; `own`: as the experiment says. */
  keyColumns: string[] | null | "own";
  /** Judged on another run's hold-out, from this time on; trained on earlier rows. Absent: on rows of its own data. */
  later?: { cut: number; head: string };
  /** A digest of the rows held out instead of those that the split would choose, and of their order. Absent: none were given. */
  division?: string;
}

/**
 * Names a run by everything its numbers depend on: SHA-256 as 64 hex characters. A yardstick that says what the
 * experiment says anyway changes nothing.
 */
export function runKey(experiment: Experiment, dataBlob: string, yardstick: RunYardstick | null): string {
  const { positive, split } = experiment;
  const own = yardstick === null || isDeepStrictEqual(yardstick, { positive, split, keyColumns: "own" });
  const standard = own ? null : [yardstick.positive, yardstick.split, yardstick.keyColumns, ...given(yardstick)];
  const parts = [engineVersion, experimentDigest(experiment), dataBlob, standard];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function given({ later, division }: RunYardstick): unknown[] {
  return [later, division].filter((one) => one !== undefined);
}
