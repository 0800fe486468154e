export type Level = "block" | "warn" | "off";

/** `.github/modelsync.yml` of the base branch, after defaults. */
export interface Policy {
  version: 1;
  models: ModelPolicy[];
  /** By check id, every known check: its level and its validated options. */
  checks: Record<string, { level: Level; options: unknown }>;
  exempt: { bots: string[] };
}

export interface ModelPolicy {
  id: string;
  /** Repository path of the experiment file. */
  experiment: string;
  /** Gated metrics by id. `tolerance` in the metric's unit; `min` and `max` are absolute limits for the head. */
  metrics: Record<string, { tolerance: number; min: number | null; max: number | null }>;
  slices: string[];
  drift: {
    exclude: string[];
    share: number;
    level: number;
    minimumRows: number;
    thresholds: { numeric: number; categorical: number };
    /** `added`: only rows that the base's data does not have are compared. Absent: all of the head's rows are. */
    current?: "all" | "added";
    /** Repository path of the pinned data that drift is measured against; absent: the base's data. */
    reference?: string;
  };
  /** Confidence level of intervals. */
  level: number;
  /** From more pull requests on than this, the report warns that the hold-out was used too often. Absent: 50. */
  holdoutReuseWarning?: number;
}

/**
 * Pull requests that one hold-out may judge before the report warns. When the best of k equally good models is kept, its
 * measured value is too high by about √(2 ln k) standard errors: 2.8 of them after 50, more than most tolerances.
 */
export const usualReuseWarning = 50;
