import type { RepositoryLock } from "./git/lock.ts";

export type Level = "read" | "write";
export type Permissions = Readonly<Record<string, Level>>;
/** What a person may do in a repository, in rising order. */
export type Role = "none" | "read" | "triage" | "write" | "maintain" | "admin";

export interface Account {
  readonly id: number;
  login: string;
  readonly type: "User" | "Organization" | "Bot";
  name: string;
  readonly createdAt: string;
  /** People of an organization; empty for others. */
  readonly members: Map<number, "admin" | "member">;
}

export type TeamRole = "member" | "maintainer";

/** People of an organization who work together. */
export interface Team {
  readonly id: number;
  readonly organization: Account;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly privacy: "closed" | "secret";
  /** The team that it is in. */
  readonly parent: Team | null;
  readonly children: Set<Team>;
  /** Without those of the teams in it. */
  readonly members: Map<number, TeamRole>;
  /** What they may do, by repository id. */
  readonly repositories: Map<number, Role>;
  readonly createdAt: string;
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export type ReactionContent = "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes";

export interface Reaction {
  readonly id: number;
  readonly author: Account;
  readonly content: ReactionContent;
  readonly createdAt: string;
}

/** One text that a comment had, from whom it is, and since when. */
export interface Edit {
  readonly id: number;
  readonly editor: Account | null;
  readonly at: string;
  readonly body: string;
}

export interface Comment {
  readonly id: number;
  author: Account | null;
  /** The App that wrote it, when an App did. */
  readonly app: App | null;
  body: string;
  /** Oldest first, the text it was created with among them; empty while nobody edited it. */
  readonly edits: Edit[];
  readonly reactions: Reaction[];
  readonly createdAt: string;
  updatedAt: string;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  repository: Repository;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "reopened" | "duplicate" | null;
  author: Account | null;
  labels: Label[];
  readonly comments: Comment[];
  locked: boolean;
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
  /** There when this issue is a pull request. */
  readonly pull: Pull | null;
}

export type PullIssue = Issue & { readonly pull: Pull };

/** A merge that was tried of a head into a tip of the base. */
export interface TestedMerge {
  readonly base: string;
  readonly head: string;
  /** Null until it is known. */
  mergeable: boolean | null;
  work: Promise<boolean>;
}

export interface Pull {
  readonly id: number;
  base: { ref: string; sha: string };
  /** `repository` is null once the fork was deleted. */
  head: { repository: Repository | null; owner: Account | null; ref: string; sha: string };
  /** Who pushed the head; at first, who opened the pull request. */
  lastPusher: Account;
  draft: boolean;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommit: string | null;
  tested: TestedMerge | null;
  /** The commit at `refs/pull/N/merge`. */
  testMerge: string | null;
  readonly reviews: Review[];
  readonly requestedReviewers: Account[];
  readonly requestedTeams: Team[];
  /** Issues linked by hand, by issue id. */
  readonly linked: Set<number>;
}

export interface Review {
  readonly id: number;
  author: Account | null;
  body: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  readonly commit: string;
  submittedAt: string;
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: string;
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface CheckSuite {
  readonly id: number;
  readonly app: App;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

export interface CheckRun {
  readonly id: number;
  readonly app: App;
  readonly suite: CheckSuite;
  name: string;
  readonly headSha: string;
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  conclusion: string | null;
  startedAt: string | null;
  completedAt: string | null;
  externalId: string;
  detailsUrl: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
  readonly annotations: Annotation[];
  actions: { label: string; description: string; identifier: string }[];
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  /** The App that set it, when an App did. */
  readonly app: App | null;
  readonly createdAt: string;
}

export type MergeMethod = "merge" | "squash" | "rebase";

/** People, teams and Apps that a rule names. */
export interface Actors {
  readonly people: readonly Account[];
  readonly teams: readonly Team[];
  readonly apps: readonly App[];
}

/** What must hold before a branch takes a change: the protection of one branch, or one rule of a ruleset. */
export interface BranchRules {
  /** The checks that must pass; an App of null means any source. */
  readonly checks: readonly { readonly context: string; readonly appId: number | null }[] | null;
  /** Whether the head must hold the tip of the base. */
  readonly strict: boolean;
  readonly reviews: {
    readonly count: number;
    readonly dismissStale: boolean;
    readonly codeOwners: boolean;
    /** Whether somebody other than who pushed last must approve. */
    readonly lastPush: boolean;
    /** Who beside administrators may dismiss reviews; null for every writer. */
    readonly dismissers: Actors | null;
  } | null;
  /** Whether merge commits are refused. */
  readonly linear: boolean;
  readonly locked: boolean;
  /** Who alone may push and merge; null for every writer. */
  readonly pushers: Actors | null;
  readonly forcePushes: boolean;
  readonly deletions: boolean;
  /** The ways of merging that are allowed; null for all. */
  readonly methods: readonly MergeMethod[] | null;
  readonly enforceAdmins: boolean;
}

/** A rule as it was written. */
export interface Rule {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface Ruleset {
  readonly id: number;
  name: string;
  enforcement: "active" | "disabled";
  include: readonly string[];
  exclude: readonly string[];
  rules: readonly Rule[];
  readonly createdAt: string;
  updatedAt: string;
}

/** A person who was asked to work in a repository and has not said yes. */
export interface Invitation {
  readonly id: number;
  readonly invitee: Account;
  readonly inviter: Account;
  role: Role;
  readonly createdAt: string;
}

export interface Repository {
  readonly id: number;
  owner: Account;
  name: string;
  /** Former `owner/name` pairs that still redirect here. */
  readonly formerNames: string[];
  description: string | null;
  private: boolean;
  archived: boolean;
  hasIssues: boolean;
  defaultBranch: string;
  readonly directory: string;
  parent: Repository | null;
  readonly collaborators: Map<number, Role>;
  readonly invitations: Invitation[];
  readonly labels: Label[];
  readonly issues: Map<number, Issue>;
  readonly protections: Map<string, BranchRules>;
  readonly rulesets: Ruleset[];
  /** The ways of merging that the repository offers. */
  mergeMethods: readonly MergeMethod[];
  deleteBranchOnMerge: boolean;
  readonly suites: CheckSuite[];
  readonly runs: CheckRun[];
  readonly statuses: CommitStatus[];
  nextNumber: number;
  readonly createdAt: string;
  updatedAt: string;
  pushedAt: string;
  readonly lock: RepositoryLock;
}

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly publicKey: string;
  permissions: Permissions;
  events: string[];
  webhookUrl: string | null;
  webhookSecret: string | null;
  readonly createdAt: string;
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  /** Ids of the chosen repositories; null means all. */
  repositories: Set<number> | null;
  permissions: Permissions;
  events: string[];
  suspendedAt: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

export interface InstallationToken {
  readonly token: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  readonly repositories: ReadonlySet<number> | null;
  /** Milliseconds since 1970; before, GitHub does not know it everywhere. */
  readonly validFrom: number;
  expiresAt: number;
}
