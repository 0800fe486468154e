/** Whether an error is GitHub's answer with one of these HTTP statuses. */
export function isStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof Error && statuses.includes((error as Error & { status?: number }).status ?? 0);
}

/** Waits for a call that changes something; false when GitHub does not know that thing any more. */
export async function isKnown(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (isStatus(error, 404)) return false;
    throw error;
  }
}
