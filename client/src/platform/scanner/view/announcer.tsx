/** Says the last scan to those who hear the screen. A number makes the same words be said again. */
export function Announcer({ text, number }: { readonly text: string; readonly number: number }) {
  return (
    <div role="status" aria-live="assertive" aria-atomic="true" className="sr-only">
      <span key={number}>{text}</span>
    </div>
  );
}
