import { randomBytes } from "node:crypto";
import type {
  Account,
  App,
  CheckRun,
  Installation,
  InstallationToken,
  Issue,
  PullIssue,
  Repository,
  Role,
  Team,
} from "./model.ts";
import { membersOf } from "./team-members.ts";

/** Everything the local GitHub knows, in memory; git objects are on disk. */
export class State {
  readonly accounts = new Map<number, Account>();
  readonly userTokens = new Map<string, Account>();
  readonly installationTokens = new Map<string, InstallationToken>();
  /** Milliseconds until a new token is known everywhere. */
  tokenLag = 0;
  readonly repositories = new Map<number, Repository>();
  readonly apps = new Map<number, App>();
  readonly installations = new Map<number, Installation>();
  /** What goes on in the background, so that nothing is taken away below it. */
  readonly work = new Set<Promise<unknown>>();
  readonly teams = new Map<number, Team>();
  #nextId = 1000;

  /** A fresh id; one counter serves every kind, so that ids of different kinds never match by accident. */
  id(): number {
    this.#nextId += 1;
    return this.#nextId;
  }

  /** The present time as GitHub writes it: ISO 8601, UTC, whole seconds. */
  now(): string {
    return new Date().toISOString().replace(/\.\d{3}Z$/, "Z");
  }

  addAccount(login: string, type: Account["type"]): Account {
    if (this.account(login)) throw new Error(`the login ${login} is taken`);
    const account = { id: this.id(), login, type, name: login, createdAt: this.now(), members: new Map() };
    this.accounts.set(account.id, account);
    return account;
  }

  account(login: string): Account | undefined {
    const wanted = login.toLowerCase();
    return [...this.accounts.values()].find((account) => account.login.toLowerCase() === wanted);
  }

  addUserToken(account: Account): string {
    const token = `ghp_${randomBytes(18).toString("hex")}`;
    this.userTokens.set(token, account);
    return token;
  }

  /** The repository of that name, or one that had it before. */
  repository(owner: string, name: string): Repository | undefined {
    const wanted = `${owner}/${name}`.toLowerCase();
    const all = [...this.repositories.values()];
    return (
      all.find((repository) => fullName(repository).toLowerCase() === wanted) ??
      all.find((repository) => repository.formerNames.includes(wanted))
    );
  }

  /** The installations that can see a repository. */
  installationsOf(repository: Repository): Installation[] {
    return [...this.installations.values()].filter((installation) => covers(installation, repository));
  }

  run(id: number): { repository: Repository; run: CheckRun } | undefined {
    const runs = [...this.repositories.values()].flatMap((repository) =>
      repository.runs.map((run) => ({ repository, run })),
    );
    return runs.find(({ run }) => run.id === id);
  }

  /** Pull requests, of any repository, whose head is that branch. */
  openPullsFrom(repository: Repository, branch: string): PullIssue[] {
    return this.allPulls().filter(
      (issue) => issue.state === "open" && issue.pull.head.repository === repository && issue.pull.head.ref === branch,
    );
  }

  allPulls(): PullIssue[] {
    return this.allIssues().filter(isPull);
  }

  allIssues(): Issue[] {
    return [...this.repositories.values()].flatMap(({ issues }) => [...issues.values()]);
  }

  forksOf(repository: Repository): Repository[] {
    return [...this.repositories.values()].filter(({ parent }) => parent === repository);
  }

  teamsOf(organization: Account): Team[] {
    return [...this.teams.values()].filter((team) => team.organization === organization);
  }

  team(organization: Account, slug: string): Team | undefined {
    return this.teamsOf(organization).find((team) => team.slug === slug.toLowerCase());
  }

  /** What a person may do in a repository, by the strongest of what they were given; in public ones at least `read`. */
  roleOf(account: Account, repository: Repository): Role {
    if (repository.owner === account) return "admin";
    const member = repository.owner.members.get(account.id);
    if (member === "admin") return "admin";
    const teams = this.teamsOf(repository.owner).filter((team) => membersOf(team).has(account.id));
    const given = [
      repository.collaborators.get(account.id),
      ...teams.map((one) => one.repositories.get(repository.id)),
    ];
    const least: Role = member || !repository.private ? "read" : "none";
    return given.reduce<Role>((best, one) => (one && atLeast(one, best) ? one : best), least);
  }
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

export function covers(installation: Installation, repository: Repository): boolean {
  if (installation.account !== repository.owner) return false;
  return installation.repositories === null || installation.repositories.has(repository.id);
}

export function isPull(issue: Issue): issue is PullIssue {
  return issue.pull !== null;
}

export function pullsOf(repository: Repository): PullIssue[] {
  return [...repository.issues.values()].filter(isPull);
}

const order: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];

/** Whether a role includes another. */
export function atLeast(role: Role, wanted: Role): boolean {
  return order.indexOf(role) >= order.indexOf(wanted);
}

/** Something that happened, to be told to the Apps that listen. */
export interface HookEvent {
  readonly event: string;
  readonly action?: string;
  readonly repository?: Repository;
  /** Set for events about an organization: every installation there is told. */
  readonly organization?: Account;
  /** Set for events about an installation itself; otherwise every installation of the repository is told. */
  readonly installation?: Installation;
  /** Set for events that only the owning App hears, such as `check_run.rerequested`. */
  readonly onlyApp?: App;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What every part of the local GitHub works with. */
export interface World {
  readonly state: State;
  /** Root address without a trailing slash, e.g. `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Folder that holds the git repositories. */
  readonly directory: string;
  readonly emit: (event: HookEvent) => void;
  /** Whether the conclusion of a completed check run may change: its status never does, and of this reports differ. */
  readonly conclusionsMayChange: boolean;
}

/** The opaque global id of an object, e.g. `PR_1042`. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString("base64url")}`;
}
