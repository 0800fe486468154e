/** An address without the user name and password in it, also one that is mistaken elsewhere. */
export function hideCredentials(address: string): string {
  return address.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, "$1…@");
}
