import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '#ui/button-class.ts';

/** Pieces or products. */
export function InventoryTabs() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('lists.inventory.which')} className="flex gap-1">
      {(['/assets', '/products'] as const).map((to) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page', className: 'bg-secondary text-foreground' }}
          className={buttonClass('quiet', 'control', 'px-3')}
        >
          {t(to === '/assets' ? 'lists.inventory.pieces' : 'lists.inventory.products')}
        </Link>
      ))}
    </nav>
  );
}
