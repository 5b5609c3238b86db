import { classNames } from './class-names.ts';

/** What is read off a label: asset codes, serials, document numbers. */
export function Code({ children, className }: { readonly children: string; readonly className?: string }) {
  return (
    <span className={classNames('font-mono font-medium tracking-[-0.01em] whitespace-nowrap', className)}>
      {children}
    </span>
  );
}
