/** Where the person came from, for screens that can be reached from several. */
export function goBack(): void {
  history.back();
}
