import type { MovementKind } from '@eventkit/shared/ledger/movement.ts';
import {
  Archive,
  ArrowDownLeft,
  ArrowLeftRight,
  ArrowUpRight,
  type LucideIcon,
  Package,
  PackageOpen,
  Scale,
  ShieldAlert,
  ShieldCheck,
  Undo2,
} from 'lucide-react';

/** The mark of each act, in the history and where it is done. */
export const actIcons: Readonly<Record<MovementKind, LucideIcon>> = {
  check_out: ArrowUpRight,
  check_in: ArrowDownLeft,
  move: ArrowLeftRight,
  pack: Package,
  unpack: PackageOpen,
  quarantine: ShieldAlert,
  release: ShieldCheck,
  retire: Archive,
  resolve: Scale,
  undo: Undo2,
};
