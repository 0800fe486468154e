import { isDeepStrictEqual } from "node:util";
import { isMap, parseDocument, type YAMLMap } from "yaml";
import { type Outcome, type Problem, refused } from "../../pipeline/problem.ts";
import { appendKeys, applyEdits, type Edit, findPair, type NewKey } from "./append-keys.ts";
import { checkDefaults } from "./check-defaults.ts";
import { parsePolicy } from "./parse-policy.ts";
import { newestVersion, type Policy, type PolicyVersion } from "./policy.ts";
import type { KnownCheck, KnownChecks } from "./policy-schema.ts";

/** A value of a check that depends on the version of the policy, as it is in force before and after. */
export interface MigratedValue {
  check: string;
  key: "level" | "also_block";
  was: string;
  now: string;
  /** Where what holds now comes from. A default is written out. */
  from: "the file" | `default of version ${PolicyVersion}`;
}

export interface Migration {
  /** The new content of the file. */
  text: string;
  was: number;
  now: number;
  values: MigratedValue[];
}

/** What becomes of one check: what is added to its entry, and what the entry then says. */
interface Step {
  id: string;
  added: NewKey[];
  entry: Policy["checks"][string];
  values: MigratedValue[];
}

/**
 * Rewrites a policy in the newest version, with the level of every check written out, or gives every mistake in it. Only
 * the version is replaced and only keys are added: order, comments and layout of all else stay. What comes out is read
 * back, and is refused unless it says what the values say and, of all else, what it said before.
 *
 * @param keep write out the defaults of the old version instead of those of the new one, so that nothing changes
 * @returns null: it is of the newest version already
 */
export function migratePolicy(
  text: string,
  path: string,
  checks: KnownChecks,
  { keep }: { keep: boolean },
): Outcome<Migration | null> {
  const read = parsePolicy(text, path, checks);
  if (!read.ok) return read;
  const { defaults: _, ...before } = read.value;
  if (before.version === newestVersion) return { ok: true, value: null, notes: [] };
  // An editor's byte order mark is no part of the document, and would move every place in it.
  const body = text.replace(/^\uFEFF/, "");
  const root = parseDocument(body, { merge: false, schema: "core" }).contents as YAMLMap;
  const written = mapAt(root, "checks");
  const steps = [...checks.values()].map((check) =>
    stepOf(check, before, mapAt(written, check.id), keep ? before.version : newestVersion),
  );
  const migrated = text.slice(0, text.length - body.length) + applyEdits(body, editsOf(body, root, written, steps));
  const entries = Object.fromEntries(steps.map(({ id, entry }) => [id, entry]));
  if (!says(migrated, path, checks, { ...before, version: newestVersion, checks: entries })) {
    return refused(notMigrated(path));
  }
  const values = steps.flatMap((step) => step.values);
  return { ok: true, value: { text: migrated, was: before.version, now: newestVersion, values }, notes: [] };
}

function stepOf(
  check: KnownCheck,
  { checks }: Pick<Policy, "checks">,
  written: YAMLMap | null,
  version: PolicyVersion,
): Step {
  const { id } = check;
  const { alsoBlock: blocked = [], ...was } = checks[id]!;
  const defaults = checkDefaults(check, version);
  const saysLevel = written !== null && findPair(written, "level") !== undefined;
  const saysKinds = written !== null && findPair(written, "also_block") !== undefined;
  const level = saysLevel ? was.level : defaults.level;
  // Of a check that does not warn it would mean nothing.
  const kinds = level === "warn" ? (saysKinds ? blocked : defaults.alsoBlock) : [];
  const from = (said: boolean): MigratedValue["from"] => (said ? "the file" : `default of version ${version}`);
  const told = (of: readonly string[]) => of.join(", ") || "none";
  return {
    id,
    added: [
      ...(saysLevel ? [] : [{ key: "level", value: level }]),
      ...(check.kinds === undefined || level !== "warn" || saysKinds
        ? []
        : [{ key: "also_block", value: `[${kinds.join(", ")}]` }]),
    ],
    entry: { ...was, level, ...(kinds.length > 0 ? { alsoBlock: [...kinds] } : {}) },
    values: [
      { check: id, key: "level", was: was.level, now: level, from: from(saysLevel) },
      ...(blocked.length + kinds.length === 0
        ? []
        : [{ check: id, key: "also_block" as const, was: told(blocked), now: told(kinds), from: from(saysKinds) }]),
    ],
  };
}

function editsOf(text: string, root: YAMLMap, written: YAMLMap | null, steps: readonly Step[]): Edit[] {
  const [from, to] = (findPair(root, "version")!.value as { range: [number, number, number] }).range;
  const due = steps.filter(({ added }) => added.length > 0);
  const inside = due.flatMap(({ id, added }) => {
    const entry = mapAt(written, id);
    return entry === null ? [] : [appendKeys(text, entry, added)];
  });
  const entries = due
    .filter(({ id }) => mapAt(written, id) === null)
    .map(({ id, added }) => ({ key: id, value: added }));
  const whole = entries.length === 0 ? [] : [toEdit(text, root, written, entries)];
  return [{ from, to, text: String(newestVersion) }, ...inside, ...whole];
}

/** A file without `checks` gets one, with an entry per line. */
function toEdit(
  text: string,
  root: YAMLMap,
  written: YAMLMap | null,
  entries: { key: string; value: NewKey[] }[],
): Edit {
  const inline = entries.map(({ key, value }) => ({
    key,
    value: `{ ${value.map((one) => `${one.key}: ${String(one.value)}`).join(", ")} }`,
  }));
  return written === null
    ? appendKeys(text, root, [{ key: "checks", value: inline }])
    : appendKeys(text, written, inline);
}

function mapAt(map: YAMLMap | null, key: string): YAMLMap | null {
  const value = map === null ? undefined : findPair(map, key)?.value;
  return isMap(value) ? value : null;
}

/** Whether a text is this policy, but for which of its values are defaults. */
function says(text: string, path: string, checks: KnownChecks, policy: Omit<Policy, "defaults">): boolean {
  const read = parsePolicy(text, path, checks);
  if (!read.ok) return false;
  const { defaults = [], ...said } = read.value;
  return isDeepStrictEqual(said, policy) && !defaults.some((key) => /^checks\.[^.]+\.(?:level|also_block)$/.test(key));
}

function notMigrated(path: string): Problem {
  return {
    code: "policy-not-migrated",
    where: { path },
    message: `Rewritten in version ${newestVersion} the file would be too large or say something else, so it stays as it is.`,
    allowed: "at most 64 KiB with every level written out",
    remedy: `Make it smaller or simpler, or write version: ${newestVersion} and the levels of all checks by hand.`,
  };
}
