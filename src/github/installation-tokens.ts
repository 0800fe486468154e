import type { Octokit } from "./octokit.ts";

export interface TokenScope {
  /** Null: every repository of the installation. */
  repositoryId: number | null;
  permissions: Readonly<Record<string, "read" | "write">>;
}

export type TokenSource = (installationId: number, scope: TokenScope) => Promise<string>;

interface Issued {
  token: string;
  expiresAt: number;
}

/** A token must outlive the job that it is for; tokens live an hour. */
const spareMilliseconds = 20 * 60_000;
const mostKept = 5000;

/** Hands out tokens that can reach one repository with given permissions, and keeps them while they are fresh. */
export function installationTokens(asApp: () => Promise<Octokit>): TokenSource {
  const kept = new Map<string, Issued>();
  return async (installationId, scope) => {
    const key = JSON.stringify([installationId, scope]);
    const known = kept.get(key);
    if (known && known.expiresAt - spareMilliseconds > Date.now()) return known.token;
    const { data } = await (await asApp()).rest.apps.createInstallationAccessToken({
      installation_id: installationId,
      permissions: scope.permissions,
      ...(scope.repositoryId === null ? {} : { repository_ids: [scope.repositoryId] }),
    });
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, { token: data.token, expiresAt: Date.parse(data.expires_at) });
    return data.token;
  };
}
