import { createVerify } from "node:crypto";
import { badCredentials, found, HttpError, refuseIf } from "./errors.ts";
import type { Account, App, InstallationToken, Repository } from "./model.ts";
import { covers, type State, type World } from "./state.ts";

/** Who is asking. */
export type Actor =
  | { readonly kind: "anonymous" }
  | { readonly kind: "user"; readonly account: Account }
  | { readonly kind: "app"; readonly app: App }
  | { readonly kind: "installation"; readonly token: InstallationToken };

const undecodable = "A JSON web token could not be decoded";

/** Reads the Authorization header; throws GitHub's 401 for unknown, expired or forged credentials. */
export function authenticate(state: State, header: string | undefined): Actor {
  if (!header) return { kind: "anonymous" };
  const [scheme = "", value = ""] = header.split(" ", 2);
  const token = scheme.toLowerCase() === "basic" ? basicToken(value) : value;
  if (token.split(".").length === 3 && token.startsWith("ey")) return { kind: "app", app: verifyJwt(state, token) };
  const account = state.userTokens.get(token);
  if (account) return { kind: "user", account };
  const issued = state.installationTokens.get(token);
  const now = Date.now();
  const valid =
    issued && issued.expiresAt >= now && issued.validFrom <= now && state.installations.has(issued.installation.id);
  if (!valid) throw badCredentials();
  refuseIf(issued.installation.suspendedAt, 403, "This installation has been suspended");
  return { kind: "installation", token: issued };
}

function basicToken(value: string): string {
  const text = Buffer.from(value, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const password = text.slice(colon + 1);
  return password === "" || password === "x-oauth-basic" ? text.slice(0, colon) : password;
}

function verifyJwt(state: State, token: string): App {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const { alg } = decode(header);
  const { iss, exp, iat } = decode(claims);
  refuseIf(alg !== "RS256", 401, undecodable);
  const app = found(
    [...state.apps.values()].find(({ id, clientId }) => String(id) === String(iss) || clientId === iss),
    401,
    "'Issuer' claim ('iss') must be an Integer",
  );
  const verifier = createVerify("RSA-SHA256").update(`${header}.${claims}`);
  refuseIf(!verifier.verify(app.publicKey, signature, "base64url"), 401, undecodable);
  const now = Date.now() / 1000;
  refuseIf(
    typeof exp !== "number" || exp < now || exp > now + 660,
    401,
    "'Expiration time' claim ('exp') must be a numeric value representing the future time",
  );
  refuseIf(
    typeof iat !== "number" || iat > now + 60,
    401,
    "'Issued at' claim ('iat') must be an Integer representing the time in the past",
  );
  return app;
}

function decode(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {}
  throw new HttpError(401, undecodable);
}

/** The account that the actor writes as: the person, or the App's bot. */
export function accountOf(actor: Actor): Account {
  if (actor.kind === "user") return actor.account;
  if (actor.kind === "installation") return actor.token.installation.app.bot;
  throw new HttpError(401, "Requires authentication");
}

/** The App behind the actor, or null for a person. */
export function appOf(actor: Actor): App | null {
  return actor.kind === "installation" ? actor.token.installation.app : null;
}

/** The App itself, when it calls with its JSON web token. */
export function appItself(actor: Actor): App {
  return found(actor.kind === "app" && actor.app, 401, undecodable);
}

/** Whether the caller's installation token covers a repository. */
export function reaches(actor: Actor, repository: Repository): boolean {
  if (actor.kind !== "installation") return false;
  const { installation, repositories } = actor.token;
  return covers(installation, repository) && (repositories === null || repositories.has(repository.id));
}

/** Whether the caller may know that a repository is there. */
export function canSee({ world, actor }: { world: World; actor: Actor }, repository: Repository): boolean {
  if (!repository.private || reaches(actor, repository)) return true;
  return actor.kind === "user" && world.state.roleOf(actor.account, repository) !== "none";
}

/** A short name for logs: `user:ada`, `app:modelsync`, `installation:modelsync/12`. */
export function describeActor(actor: Actor): string {
  if (actor.kind === "user") return `user:${actor.account.login}`;
  if (actor.kind === "app") return `app:${actor.app.slug}`;
  if (actor.kind === "installation") {
    return `installation:${actor.token.installation.app.slug}/${actor.token.installation.id}`;
  }
  return "anonymous";
}
