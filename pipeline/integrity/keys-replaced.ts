import type { Match } from "../match/match.ts";
import { formatCount, percent } from "../words.ts";
import type { Measured } from "./examined-side.ts";

/**
 * Whether the key names other rows than in the base, or the same ones by other spellings, so that no row of one side can
 * be found on the other. `value` is the share of the values that are not on both sides, of the side with fewer.
 */
export function keysReplaced({ doubts }: Match): Measured[] {
  return doubts.flatMap((doubt): Measured[] => {
    if (doubt.kind !== "keys-replaced") return [];
    const { key, base, head, common, spelling } = doubt;
    const gone = common === 0 ? "none" : percent(common / base);
    return [
      {
        kind: "keys-replaced",
        column: key,
        value: 1 - common / Math.min(base, head),
        evidence: { base, head, common, ...(spelling === null ? {} : { spelling }) },
        description: `${gone} of the base's ${formatCount(base)} values ${common === 0 ? "is" : "are"} in the head${spelling === null ? "" : `: ${spelling}`}`,
      },
    ];
  });
}
