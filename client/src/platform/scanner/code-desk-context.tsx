import { createContext, type ReactNode, useContext } from 'react';
import type { CodeDesk } from './code-desk.ts';

const CodeDeskContext = createContext<CodeDesk | null>(null);

/** Around the whole app, so that a code finds its way whatever is shown. */
export function CodeDeskProvider({
  desk,
  children,
}: {
  readonly desk: CodeDesk;
  readonly children: ReactNode;
}) {
  return <CodeDeskContext value={desk}>{children}</CodeDeskContext>;
}

/** Where the codes of the keyboard wedge arrive. */
export function useCodeDesk(): CodeDesk {
  const desk = useContext(CodeDeskContext);
  if (desk === null) throw new Error('useCodeDesk needs a CodeDeskProvider around it');
  return desk;
}
