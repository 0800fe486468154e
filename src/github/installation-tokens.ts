import { isStatus } from "./is-status.ts";
import type { Octokit } from "./octokit.ts";

export interface TokenScope {
  /** Null: every repository of the installation. */
  repositoryId: number | null;
  permissions: Readonly<Record<string, "read" | "write">>;
  /** Asked for as well, and gone without where the owner of the installation has not accepted them. */
  wished?: Readonly<Record<string, "read">>;
}

/** Runs a call with a token for an installation. */
export type WithToken = <Answer>(
  installationId: number,
  scope: TokenScope,
  call: (token: string) => Promise<Answer>,
) => Promise<Answer>;

interface Issued {
  token: string;
  issuedAt: number;
  expiresAt: number;
}

/** A token must outlive the call that it is for; tokens live an hour. */
const spareMilliseconds = 20 * 60_000;
const mostKept = 5000;

/** For so long a token is used that lacks a wished permission: the owner may accept it any moment. */
const lackingMilliseconds = 10 * 60_000;

/** For so long a token can be unknown to some of GitHub's machines after it was issued. */
const lagMilliseconds = 5000;
const lagPauseMilliseconds = 1000;

/**
 * Keeps tokens that can reach one repository with given permissions while they are fresh.
 *
 * GitHub answers 401 to a token that it revoked, and for a moment to one that it has just issued. So a call with a young
 * token is repeated after a pause; an older one is dropped, and the call is repeated with a new one, once. A call that
 * was answered 401 has done nothing, so repeating it is safe.
 */
export function installationTokens(asApp: () => Promise<Octokit>): WithToken {
  const kept = new Map<string, Issued>();
  const issue = async (installationId: number, scope: TokenScope): Promise<Issued> => {
    const { rest } = await asApp();
    const create = async (permissions: TokenScope["permissions"]): Promise<Issued> => {
      const { data } = await rest.apps.createInstallationAccessToken({
        installation_id: installationId,
        permissions,
        ...(scope.repositoryId === null ? {} : { repository_ids: [scope.repositoryId] }),
      });
      return { token: data.token, issuedAt: Date.now(), expiresAt: Date.parse(data.expires_at) };
    };
    if (scope.wished === undefined) return create(scope.permissions);
    try {
      return await create({ ...scope.permissions, ...scope.wished });
    } catch (error) {
      if (!isStatus(error, 422)) throw error;
      const lacking = await create(scope.permissions);
      return { ...lacking, expiresAt: Date.now() + lackingMilliseconds + spareMilliseconds };
    }
  };
  return async (installationId, scope, call) => {
    const key = JSON.stringify([installationId, scope]);
    for (let dropped = false; ; ) {
      let used = kept.get(key);
      if (used === undefined || used.expiresAt - spareMilliseconds <= Date.now()) {
        used = await issue(installationId, scope);
        if (kept.size >= mostKept) kept.clear();
        kept.set(key, used);
      }
      try {
        return await call(used.token);
      } catch (error) {
        if (!isStatus(error, 401)) throw error;
        if (Date.now() - used.issuedAt < lagMilliseconds) {
          await new Promise((resolve) => setTimeout(resolve, lagPauseMilliseconds));
          continue;
        }
        // Another call may have replaced it meanwhile.
        if (kept.get(key) === used) kept.delete(key);
        if (dropped) throw error;
        dropped = true;
      }
    }
  };
}
