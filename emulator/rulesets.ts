import type { BranchRules, MergeMethod, Repository, Rule, Ruleset } from "./model.ts";

/** What a ruleset's rule asks of a branch; absent rules ask nothing. */
const nothing: BranchRules = {
  checks: null,
  strict: false,
  reviews: null,
  linear: false,
  locked: false,
  pushers: null,
  forcePushes: true,
  deletions: true,
  methods: null,
  // Nobody bypasses a ruleset that names nobody who may.
  enforceAdmins: true,
};

/** How each kind of rule that is enforced here is read. */
const readers: Readonly<Record<string, (parameters: Record<string, unknown>) => Partial<BranchRules>>> = {
  required_status_checks: (given) => ({
    checks: (given.required_status_checks as { context: string; integration_id?: number }[]).map((check) => ({
      context: check.context,
      appId: check.integration_id ?? null,
    })),
    strict: given.strict_required_status_checks_policy as boolean,
  }),
  pull_request: (given) => ({
    reviews: {
      count: given.required_approving_review_count as number,
      dismissStale: given.dismiss_stale_reviews_on_push as boolean,
      codeOwners: given.require_code_owner_review as boolean,
      lastPush: given.require_last_push_approval as boolean,
      dismissers: null,
    },
    methods: (given.allowed_merge_methods as MergeMethod[] | undefined) ?? null,
  }),
  required_linear_history: () => ({ linear: true }),
};

/** Parameters that are known to GitHub and not enforced here, with the only value that asks nothing. */
const unenforced: Readonly<Record<string, unknown>> = {
  required_review_thread_resolution: false,
  required_reviewers: [],
};

/** What of a rule would not be enforced here; undefined when everything is. */
export function unenforcedPart({ type, parameters = {} }: Rule): string | undefined {
  if (!(type in readers)) return `rules of the type ${type}`;
  const names = Object.keys(parameters).filter(
    (name) =>
      name === "dismissal_restriction" ||
      (name in unenforced && JSON.stringify(parameters[name]) !== JSON.stringify(unenforced[name])),
  );
  return names.length > 0 ? `${names[0]} of ${type}` : undefined;
}

/** The rules of a ruleset, each by itself. */
export function branchRulesOf({ rules }: Ruleset): BranchRules[] {
  return rules.map(({ type, parameters = {} }) => ({ ...nothing, ...readers[type]?.(parameters) }));
}

/** The active rulesets that cover a branch. */
export function rulesetsOn(repository: Repository, branch: string): Ruleset[] {
  return repository.rulesets.filter(({ enforcement, include, exclude }) => {
    const matches = (pattern: string) => covers(pattern, branch, repository.defaultBranch);
    return enforcement === "active" && include.some(matches) && !exclude.some(matches);
  });
}

export function rulesOf(repository: Repository, branch: string): BranchRules[] {
  return rulesetsOn(repository, branch).flatMap(branchRulesOf);
}

/** Whether a condition names a branch: `~ALL`, `~DEFAULT_BRANCH`, or a full ref in which `*` stops at slashes. */
function covers(pattern: string, branch: string, defaultBranch: string): boolean {
  if (pattern === "~ALL") return true;
  if (pattern === "~DEFAULT_BRANCH") return branch === defaultBranch;
  const source = pattern.replaceAll(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (found) => {
    if (found === "**/") return "(?:.*/)?";
    if (found === "**") return ".*";
    if (found === "*") return "[^/]*";
    return found === "?" ? "[^/]" : `\\${found}`;
  });
  return new RegExp(`^${source}$`).test(`refs/heads/${branch}`);
}
