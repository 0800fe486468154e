import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { found } from "./errors.ts";
import type { Account, App, Installation, Level, Permissions, Repository } from "./model.ts";
import type { World } from "./state.ts";
import { announceInstallation, announceRepositories, repositoriesOf } from "./webhooks/announce.ts";

export interface NewApp {
  readonly slug: string;
  readonly name?: string;
  readonly permissions: Readonly<Record<string, Level>>;
  readonly events: readonly string[];
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
  /** Login of the owner; a person named `<slug>-owner` unless told. */
  readonly owner?: string;
  /** PEM of an RSA private key; a fresh one unless told. Making one takes tenths of a second. */
  readonly privateKey?: string;
}

export interface CreatedApp {
  readonly appId: number;
  readonly clientId: string;
  /** PEM, for signing the App's JWTs. */
  readonly privateKey: string;
}

export function accountNamed(world: World, login: string): Account {
  return found(world.state.account(login), 404, `nobody is called ${login}`);
}

export function repositoryNamed(world: World, fullName: string): Repository {
  const [owner = "", name = ""] = fullName.split("/");
  return found(world.state.repository(owner, name), 404, `there is no repository ${fullName}`);
}

export function appNumbered(world: World, id: number): App {
  return found(world.state.apps.get(id), 404, `there is no App ${id}`);
}

export function installationNumbered(world: World, id: number): Installation {
  return found(world.state.installations.get(id), 404, `there is no installation ${id}`);
}

/** Registers an App with a fresh key. */
export function createApp(world: World, wanted: NewApp): CreatedApp {
  const { state } = world;
  const privateKey = wanted.privateKey ?? newPrivateKey();
  const login = wanted.owner ?? `${wanted.slug}-owner`;
  const app: App = {
    id: state.id(),
    slug: wanted.slug,
    name: wanted.name ?? wanted.slug,
    clientId: `Iv1.${randomBytes(8).toString("hex")}`,
    owner: state.account(login) ?? state.addAccount(login, "User"),
    bot: state.addAccount(`${wanted.slug}[bot]`, "Bot"),
    publicKey: createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString(),
    permissions: wanted.permissions,
    events: [...wanted.events],
    webhookUrl: wanted.webhookUrl ?? null,
    webhookSecret: wanted.webhookSecret ?? null,
    createdAt: state.now(),
  };
  state.apps.set(app.id, app);
  return { appId: app.id, clientId: app.clientId, privateKey };
}

/** Installs an App for an owner: on all repositories, or on the named ones. Returns the installation's id. */
export function installApp(world: World, appId: number, owner: string, repositories?: readonly string[]): number {
  const { state } = world;
  const app = appNumbered(world, appId);
  const account = accountNamed(world, owner);
  const now = state.now();
  const installation: Installation = {
    id: state.id(),
    app,
    account,
    repositories: repositories
      ? new Set(repositories.map((name) => repositoryNamed(world, `${owner}/${name}`).id))
      : null,
    permissions: app.permissions as Permissions,
    events: [...app.events],
    suspendedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  state.installations.set(installation.id, installation);
  announceInstallation(world, installation, "created");
  return installation.id;
}

/** Adds repositories to an installation or takes them away, as its owner does on the settings page. */
export function changeRepositories(
  world: World,
  installationId: number,
  change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
): void {
  const installation = installationNumbered(world, installationId);
  const find = (names: readonly string[] = []) =>
    names.map((name) => repositoryNamed(world, `${installation.account.login}/${name}`));
  const [added, removed] = [find(change.add), find(change.remove)];
  installation.repositories ??= new Set(repositoriesOf(world, installation).map(({ id }) => id));
  for (const { id } of added) installation.repositories.add(id);
  for (const { id } of removed) installation.repositories.delete(id);
  installation.updatedAt = world.state.now();
  if (added.length > 0) announceRepositories(world, installation, added, []);
  if (removed.length > 0) announceRepositories(world, installation, [], removed);
}

/** Suspends or resumes an installation; the App hears of its suspension while it still can. */
export function suspend(world: World, installation: Installation, suspended: boolean): void {
  installation.suspendedAt = suspended ? world.state.now() : null;
  announceInstallation(world, installation, suspended ? "suspend" : "unsuspend");
}

export function uninstall(world: World, installation: Installation): void {
  announceInstallation(world, installation, "deleted");
  world.state.installations.delete(installation.id);
}

function newPrivateKey(): string {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  }).privateKey;
}
