import type { RatiosAnswer } from '../../shared/control-api.ts';
import { formatTable } from './table.ts';

/** Whether an incident makes any ratio another than the one that was set. */
export function isMoved({ ratios, inEffect }: RatiosAnswer): boolean {
  return Object.entries(ratios).some(([name, ratio]) => inEffect[name] !== ratio);
}

/** The table that `npm run ratios` prints: what is in effect and, while incidents make that another, what was set. */
export function formatRatios({ ratios, inEffect }: RatiosAnswer): string {
  const areMoved = isMoved({ ratios, inEffect });
  const rows = Object.entries(ratios).map(([name, base]) => {
    const ratio = inEffect[name] ?? base;
    const share = `${Number((ratio * 10).toFixed(1))} %`;
    return [name, String(ratio), share, ...(areMoved ? [ratio === base ? '' : String(base)] : [])];
  });
  return formatTable(['SERVICE', 'RATIO', 'BAD LINES', ...(areMoved ? ['SET TO'] : [])], rows);
}
