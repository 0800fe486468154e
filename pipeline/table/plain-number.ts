/** Whether a text is written as a number that is read as one in a numeric column. */
export function isPlainNumber(text: string): boolean {
  return plainNumber.test(text);
}

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
