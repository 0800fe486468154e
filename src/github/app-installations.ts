import { isStatus } from "./is-status.ts";
import type { Octokit } from "./octokit.ts";

/** Whether GitHub knows an installation that is not suspended. */
export async function isInstalled(app: Octokit, installationId: number): Promise<boolean> {
  try {
    const { data } = await app.rest.apps.getInstallation({ installation_id: installationId });
    return data.suspended_at === null;
  } catch (error) {
    if (isStatus(error, 404)) return false;
    throw error;
  }
}

/** Every installation of the App, and whether it may work there: a suspended one may not. */
export async function listInstallations(app: Octokit): Promise<Map<number, boolean>> {
  const installations = await app.paginate(app.rest.apps.listInstallations, { per_page: 100 });
  return new Map(installations.map(({ id, suspended_at }) => [id, suspended_at === null]));
}

/** Every repository that an installation covers. */
export async function listInstallationRepositories(
  octokit: Octokit,
): Promise<{ id: number; owner: string; name: string }[]> {
  const repositories = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: 100 });
  return repositories.map(({ id, name, owner }) => ({ id, name, owner: owner.login }));
}
