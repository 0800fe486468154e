/** Texts that hardly ever are a value, lower case. */
const markers = new Set(
  "? ?? ??? - -- --- . .. n/a na n.a. #n/a #na nan <na> null nil (null) missing (missing) undefined not_available".split(
    " ",
  ),
).add("not available");
for (const error of ["#value!", "#div/0!", "#ref!", "#name?", "#num!", "#null!"]) markers.add(error);

/** Texts that are an ordinary category as often as a marker, lower case. */
const doubtful = new Set(["none", "unknown", "not known", "unspecified"]);

/** Whether a text stands for a missing value: surely, or only if the column did without it before. */
export function isMarkerText(text: string): "surely" | "doubtful" | null {
  if (text.length > 20) return null;
  const lower = text.toLowerCase();
  return markers.has(lower) ? "surely" : doubtful.has(lower) ? "doubtful" : null;
}

/** Numbers that measuring devices and programs write for a missing value. */
export const markerNumbers: readonly number[] = [-99, -999, -9999, -99999, -999999, -200, -32768, -1e20, 1e20];

/**
 * Numbers that only stand for a missing value if the column did without them before: zero and minus one are often
 * counts and codes, nines are often where a survey caps large values.
 */
export const doubtfulNumbers: readonly number[] = [0, -1, -9, 99, 999, 9999, 99999, 999999];
