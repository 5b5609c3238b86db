import type { ReactNode } from 'react';

/** The frame of what is shown before there is an app: mark on top, words, what acts at the thumb. */
export function StartScreen({
  title,
  children,
  actions,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <main className="safe-top mx-auto flex min-h-dvh w-full max-w-md flex-col px-6 tablet:justify-center">
      <div className="flex flex-1 flex-col justify-center py-10 tablet:flex-none">
        <svg
          viewBox="0 0 24 24"
          aria-hidden="true"
          className="mb-6 size-14"
          fill="none"
          strokeLinecap="round"
        >
          <path
            d="M2.5 7V5A2.5 2.5 0 0 1 5 2.5h2M17 2.5h2A2.5 2.5 0 0 1 21.5 5v2M21.5 17v2a2.5 2.5 0 0 1-2.5 2.5h-2M7 21.5H5A2.5 2.5 0 0 1 2.5 19v-2"
            stroke="currentColor"
            strokeWidth="1.6"
          />
          <path
            d="M7 7.5v9M13 7.5v9M17.2 7.5v9"
            stroke="var(--primary)"
            strokeWidth="1.4"
            strokeLinecap="butt"
          />
          <path d="M9.9 7.5v9" stroke="var(--primary)" strokeWidth="2.6" strokeLinecap="butt" />
        </svg>
        <p className="text-[15px] font-semibold text-muted-foreground">EventKit</p>
        <h1 className="mt-1 text-[27px] leading-[1.15] tracking-[-0.01em] text-balance narrow">{title}</h1>
        <div className="mt-4 text-[16px] leading-normal text-muted-foreground tablet:text-[15px]">
          {children}
        </div>
      </div>
      {actions !== undefined && <div className="safe-bottom flex flex-col gap-2">{actions}</div>}
    </main>
  );
}
