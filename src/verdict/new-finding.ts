import type { Finding } from "./check.ts";
import { fingerprint } from "./fingerprint.ts";

type Written = Omit<Finding, "check" | "fingerprint">;

/**
 * A finding with its fingerprint, which names the check, the kind of finding and what it is about.
 *
 * @param kind kebab-case name of what is wrong, stable for ever: waivers are bound to it
 * @param about what else tells two findings of a kind apart, for example an issue's number
 */
export function newFinding(check: string, kind: string, written: Written, about: (string | number)[] = []): Finding {
  const { model, metric, slice, column } = written;
  return { check, fingerprint: fingerprint(check, kind, model, metric, slice, column, ...about), ...written };
}
