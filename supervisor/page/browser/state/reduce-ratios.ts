import type { Ratios } from '../../../../shared/ratios.ts';
import type { PageEvent } from './page-event.ts';
import type { RatioChange, RatioControl, UndoStep } from './page-state.ts';

/** Changes of the same services that follow one another so fast are one step to undo: a slider that is dragged. In ms. */
const SAME_STEP_MS = 2_000;

/** How long a change is shown to be in effect, in ms. */
const SHOWN_MS = 4_000;

const MOST_STEPS = 50;

/** @param current the ratios as they are set */
export function reduceRatios(control: RatioControl, event: PageEvent, current: Ratios): RatioControl {
  switch (event.type) {
    case 'ratios-asked':
      return {
        changes: ask(control.changes, event.ratios),
        undo: withStep(control.undo, event.ratios, event.at, current),
      };
    case 'ratios-undone': {
      const step = control.undo.at(-1);
      if (!step) return control;
      return { changes: ask(control.changes, step.before), undo: control.undo.slice(0, -1) };
    }
    case 'ratios-answered':
      return {
        ...control,
        changes: settle(control.changes, event.ratios, (ratio) => ({ status: 'in-effect', ratio, at: event.at })),
      };
    case 'ratios-refused':
      return {
        changes: settle(control.changes, event.ratios, (ratio) => ({
          status: 'refused',
          ratio,
          message: event.message,
        })),
        undo: withoutRefused(control.undo, event.ratios),
      };
    case 'fleet':
      return { ...control, changes: forget(control.changes, event.at) };
    default:
      return control;
  }
}

/** The ratio that a control shows: what was asked for last, until it is answered, or what is set. */
export function shownRatio({ changes }: RatioControl, ratios: Ratios, service: string): number {
  const change = changes[service];
  return change?.status === 'pending' ? change.ratio : (ratios[service] ?? 0);
}

function ask(changes: RatioControl['changes'], ratios: Ratios): RatioControl['changes'] {
  const asked = Object.entries(ratios).map(([service, ratio]) => [service, { status: 'pending', ratio }] as const);
  return { ...changes, ...Object.fromEntries(asked) };
}

/** An answer about a ratio that is no longer the last one settles nothing. */
function settle(
  changes: RatioControl['changes'],
  ratios: Ratios,
  outcome: (ratio: number) => RatioChange,
): RatioControl['changes'] {
  const settled = Object.entries(ratios).flatMap(([service, ratio]) => {
    const change = changes[service];
    return change?.status === 'pending' && Object.is(change.ratio, ratio) ? [[service, outcome(ratio)] as const] : [];
  });
  return { ...changes, ...Object.fromEntries(settled) };
}

function forget(changes: RatioControl['changes'], now: number): RatioControl['changes'] {
  const kept = Object.entries(changes).filter(
    ([, change]) => change.status !== 'in-effect' || now - change.at < SHOWN_MS,
  );
  return kept.length === Object.keys(changes).length ? changes : Object.fromEntries(kept);
}

function withStep(undo: readonly UndoStep[], after: Ratios, at: number, current: Ratios): readonly UndoStep[] {
  const last = undo.at(-1);
  if (last && at - last.at < SAME_STEP_MS && hasSameServices(last.after, after)) {
    return [...undo.slice(0, -1), { before: last.before, after, at }];
  }
  const before = Object.fromEntries(Object.keys(after).map((service) => [service, current[service] ?? 0]));
  return [...undo, { before, after, at }].slice(-MOST_STEPS);
}

function withoutRefused(undo: readonly UndoStep[], refused: Ratios): readonly UndoStep[] {
  const last = undo.at(-1);
  return last && hasSameServices(last.after, refused) ? undo.slice(0, -1) : undo;
}

function hasSameServices(a: Ratios, b: Ratios): boolean {
  return Object.keys(a).sort().join() === Object.keys(b).sort().join();
}
