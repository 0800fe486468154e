/** One option of an estimator and where its values are looked for. */
export type Dimension =
  | {
      name: string;
      kind: "range";
      /** Both ends are included. */
      low: number;
      high: number;
      /** Only whole numbers. */
      integer: boolean;
      /** `log`: each doubling is as likely as the next. */
      scale: "log" | "linear";
    }
  | { name: string; kind: "list"; values: OptionValue[] };

export type OptionValue = number | string | boolean | null;

/** What a search may try. Options that no dimension names keep their value. */
export type SearchSpace = Dimension[];

/**
 * A range of one option. It is searched on a logarithmic scale when both ends are positive and the upper one is at least
 * ten times the lower, because then the order of magnitude is what is unknown; otherwise evenly.
 */
export function range(name: string, low: number, high: number, integer = false): Dimension {
  return { name, kind: "range", low, high, integer, scale: low > 0 && high >= 10 * low ? "log" : "linear" };
}

export function list(name: string, values: OptionValue[]): Dimension {
  return { name, kind: "list", values };
}
