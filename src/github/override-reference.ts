/**
 * What the check run of an override has as its reference on our side, GitHub's `external_id`: enough to see in a list that there is
 * one, and for which pull request. It proves nothing; the seal in the run's text does.
 *
 * @param given when, ISO 8601
 */
export function overrideReference(repositoryId: number, number: number, given: string): string {
  return `${repositoryId}#${number} override ${given}`;
}

/** The pull request that a reference names; null: it is that of an ordinary check run, or of another repository. */
export function overriddenNumber(reference: string, repositoryId: number): number | null {
  const [, id, number] = /^(\d{1,15})#([1-9]\d{0,8}) override \S{1,40}$/.exec(reference) ?? [];
  return Number(id) === repositoryId ? Number(number) : null;
}
