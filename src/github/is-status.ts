/** Whether an error is GitHub's answer with one of these HTTP statuses. */
export function isStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof Error && statuses.includes((error as Error & { status?: number }).status ?? 0);
}
