import { announceSuite, requestAction, rerequestRun } from "./actions/checks.ts";
import { deleteAccount } from "./actions/delete-account.ts";
import { deleteHeadBranch } from "./actions/head-branch.ts";
import { deleteIssue, transferIssue } from "./actions/issues.ts";
import { setDraft } from "./actions/pulls.ts";
import { createRepository, deleteRepository } from "./actions/repositories.ts";
import { createTeam, deleteTeam, setTeamMember, setTeamRepository } from "./actions/teams.ts";
import { found } from "./errors.ts";
import type { Issue, PullIssue, Role } from "./model.ts";
import {
  accountNamed,
  appNumbered,
  type CreatedApp,
  changeRepositories,
  createApp,
  installApp,
  installationNumbered,
  type NewApp,
  repositoryNamed,
  suspend,
  uninstall,
} from "./seed.ts";
import { fullName, isPull, type World } from "./state.ts";
import type { Delivery } from "./webhooks/delivery.ts";
import type { Hookshot, WebhookFault } from "./webhooks/hookshot.ts";

/** What people and administrators do on GitHub's pages and have no REST operation for, and what tests need to see. */
export class Helpers {
  readonly #world: World;
  readonly #hookshot: Hookshot;

  constructor(world: World, hookshot: Hookshot) {
    this.#world = world;
    this.#hookshot = hookshot;
  }

  /** Adds a person and gives a token for REST and git. */
  createUser(login: string): string {
    return this.#world.state.addUserToken(this.#world.state.addAccount(login, "User"));
  }

  /** Adds an organization; `owner` becomes its administrator, `members` ordinary members. */
  createOrganization(login: string, owner?: string, members: readonly string[] = []): void {
    const organization = this.#world.state.addAccount(login, "Organization");
    if (owner) organization.members.set(accountNamed(this.#world, owner).id, "admin");
    for (const member of members) organization.members.set(accountNamed(this.#world, member).id, "member");
  }

  /** Adds an ordinary member to an organization. */
  addMember(organization: string, login: string): void {
    accountNamed(this.#world, organization).members.set(accountNamed(this.#world, login).id, "member");
  }

  /** Adds a team of an organization with these members, and what they may do in repositories, by full name. */
  createTeam(
    organization: string,
    name: string,
    members: readonly string[],
    roles: Readonly<Record<string, Role>> = {},
    parent?: string,
  ) {
    const owner = accountNamed(this.#world, organization);
    const above = parent === undefined ? null : found(this.#world.state.team(owner, parent), 404, "no such team");
    const team = createTeam(this.#world, owner, { name, privacy: "closed", parent: above });
    for (const member of members) setTeamMember(this.#world, team, owner, accountNamed(this.#world, member), "member");
    for (const [fullName, role] of Object.entries(roles)) {
      setTeamRepository(team, repositoryNamed(this.#world, fullName), role);
    }
    return { id: team.id, slug: team.slug };
  }

  /** An administrator deletes a team. */
  deleteTeam(organization: string, slug: string): void {
    deleteTeam(this.#world, found(this.#world.state.team(accountNamed(this.#world, organization), slug), 404, slug));
  }

  /** Deletes the account of a person; what they wrote stays, of nobody. */
  deleteUser(login: string): void {
    deleteAccount(this.#world, accountNamed(this.#world, login));
  }

  /** Adds a repository; empty unless `autoInit` asks for a first commit. */
  async createRepository(wanted: { owner: string; name: string; private?: boolean; autoInit?: boolean }) {
    const repository = await createRepository(this.#world, accountNamed(this.#world, wanted.owner), wanted);
    const html = `${this.#world.url}/${fullName(repository)}`;
    return { id: repository.id, fullName: fullName(repository), cloneUrl: `${html}.git`, url: html };
  }

  /** Deletes a repository, a fork for example. Pull requests from it stay with a head repository of null. */
  async deleteRepository(fullName: string): Promise<void> {
    const repository = repositoryNamed(this.#world, fullName);
    await deleteRepository(this.#world, repository, repository.owner);
  }

  /** The address for `git clone` and `git push` with somebody's token in it. */
  cloneUrl(fullName: string, token: string): string {
    return `${this.#world.url.replace("://", `://x-access-token:${token}@`)}/${fullName}.git`;
  }

  createApp(wanted: NewApp): CreatedApp {
    return createApp(this.#world, wanted);
  }

  /** Changes where an App's webhooks go. */
  setWebhook(appId: number, url: string, secret?: string): void {
    const app = appNumbered(this.#world, appId);
    app.webhookUrl = url;
    app.webhookSecret = secret ?? app.webhookSecret;
  }

  installApp(appId: number, owner: string, repositories?: readonly string[]): number {
    return installApp(this.#world, appId, owner, repositories);
  }

  changeInstallation(installationId: number, change: { add?: readonly string[]; remove?: readonly string[] }): void {
    changeRepositories(this.#world, installationId, change);
  }

  /** Makes an installation one whose owner has not accepted a permission that the App asks for since. */
  withholdPermission(installationId: number, permission: string): void {
    const installation = installationNumbered(this.#world, installationId);
    const { [permission]: _, ...accepted } = installation.permissions;
    installation.permissions = accepted;
    this.revokeTokens(installationId);
  }

  /** The owner accepts every permission that the App asks for. */
  acceptPermissions(installationId: number): void {
    const installation = installationNumbered(this.#world, installationId);
    installation.permissions = installation.app.permissions;
  }

  suspendInstallation(installationId: number, suspended = true): void {
    suspend(this.#world, installationNumbered(this.#world, installationId), suspended);
  }

  uninstallApp(installationId: number): void {
    uninstall(this.#world, installationNumbered(this.#world, installationId));
  }

  /** Revokes every token of an installation, as GitHub does when it finds one in public. */
  revokeTokens(installationId: number): void {
    const { installationTokens } = this.#world.state;
    for (const { token, installation } of installationTokens.values()) {
      if (installation.id === installationId) installationTokens.delete(token);
    }
  }

  /** Makes every token of an installation end so many milliseconds from now. */
  expireTokens(installationId: number, milliseconds = 0): void {
    for (const issued of this.#world.state.installationTokens.values()) {
      if (issued.installation.id === installationId) issued.expiresAt = Date.now() + milliseconds - 1;
    }
  }

  /** Makes tokens that are issued from now on unknown for so many milliseconds. */
  delayTokens(milliseconds: number): void {
    this.#world.state.tokenLag = milliseconds;
  }

  /** Links an issue to a pull request by hand, as the sidebar does; GitHub sends no event about it. */
  linkIssue(repository: string, pull: number, issue: number, issueRepository = repository): void {
    this.#pull(repository, pull).pull.linked.add(this.#issue(issueRepository, issue).id);
  }

  unlinkIssue(repository: string, pull: number, issue: number, issueRepository = repository): void {
    this.#pull(repository, pull).pull.linked.delete(this.#issue(issueRepository, issue).id);
  }

  deleteIssue(repository: string, number: number): void {
    const issue = this.#issue(repository, number);
    deleteIssue(this.#world, issue, issue.repository.owner);
  }

  /** Moves an issue to another repository; gives its new number. */
  transferIssue(repository: string, number: number, target: string): number {
    const issue = this.#issue(repository, number);
    return transferIssue(this.#world, issue, repositoryNamed(this.#world, target), issue.repository.owner).number;
  }

  async setDraft(repository: string, pull: number, draft: boolean): Promise<void> {
    const issue = this.#pull(repository, pull);
    await setDraft(this.#world, issue, issue.author ?? issue.repository.owner, draft);
  }

  /** A person presses "Delete branch" on a merged pull request; those onto that branch go on to where it was merged. */
  async deleteHeadBranch(repository: string, pull: number, login: string): Promise<void> {
    const issue = this.#pull(repository, pull);
    const sender = accountNamed(this.#world, login);
    await issue.repository.lock.run(() => deleteHeadBranch(this.#world, issue, sender));
  }

  /** A person presses "Re-run" on a check run. */
  rerequestRun(runId: number, login: string): void {
    const { repository, run } = this.#run(runId);
    rerequestRun(this.#world, repository, run, accountNamed(this.#world, login));
  }

  /** A person presses "Re-run all checks" of the suite a run belongs to. */
  async rerequestSuite(runId: number, login: string): Promise<void> {
    const { repository, run } = this.#run(runId);
    await announceSuite(this.#world, repository, run.suite, accountNamed(this.#world, login), "rerequested");
  }

  /** A person presses a button that the App put on its run. */
  pressAction(runId: number, login: string, identifier: string): void {
    const { repository, run } = this.#run(runId);
    requestAction(this.#world, repository, run, accountNamed(this.#world, login), identifier);
  }

  /** The log of deliveries, oldest first. */
  deliveries(): readonly Delivery[] {
    return this.#hookshot.deliveries;
  }

  /** Loses, repeats or delays the next matching delivery. */
  addWebhookFault(fault: WebhookFault): void {
    this.#hookshot.faults.push(fault);
  }

  /** Resolves when every delivery was answered or given up. */
  idle(): Promise<void> {
    return this.#hookshot.idle();
  }

  #run(id: number) {
    return found(this.#world.state.run(id), 404, `there is no check run ${id}`);
  }

  #issue(repository: string, number: number): Issue {
    const issue = repositoryNamed(this.#world, repository).issues.get(number);
    return found(issue, 404, `there is no issue ${repository}#${number}`);
  }

  #pull(repository: string, number: number): PullIssue {
    const issue = this.#issue(repository, number);
    return found(isPull(issue) && issue, 404, `${repository}#${number} is not a pull request`);
  }
}
