import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { themes } from '#platform/browser/theme.ts';
import { actSpecimens } from './act-specimens.tsx';
import { fieldSpecimens } from './field-specimens.tsx';
import { lookSpecimens } from './look-specimens.tsx';

const specimens = Object.entries({ ...actSpecimens, ...fieldSpecimens, ...lookSpecimens });

/** Shows every component of the kit in its states, in all themes beside one another. Only while developing. */
export function showComponents(container: HTMLElement): void {
  // Some of them are links, and links want a router.
  const routeTree = createRootRoute({ component: Gallery });
  const router = createRouter({ routeTree, history: createMemoryHistory() });
  createRoot(container).render(<RouterProvider router={router} />);
}

function Gallery() {
  return (
    <main className="grid h-dvh grid-cols-3 overflow-y-auto">
      {themes.map((theme) => (
        <section
          key={theme}
          data-theme={theme}
          aria-label={theme}
          className="bg-background p-6 text-foreground"
        >
          <h1 className="text-[20px]">{`Components of the kit: ${theme}`}</h1>
          {specimens.map(([name, Specimen]) => (
            <article key={name} aria-label={name} className="mt-8">
              <h2 className="mb-3 font-mono text-[13px] text-muted-foreground">{name}</h2>
              <div className="grid gap-3">
                <Specimen />
              </div>
            </article>
          ))}
        </section>
      ))}
    </main>
  );
}
