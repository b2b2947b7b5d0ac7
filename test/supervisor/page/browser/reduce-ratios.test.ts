import { describe, expect, test } from 'vitest';
import type { Ratios } from '../../../../shared/ratios.ts';
import type { PageEvent } from '../../../../supervisor/page/browser/state/page-event.ts';
import type { PageState } from '../../../../supervisor/page/browser/state/page-state.ts';
import { shownRatio } from '../../../../supervisor/page/browser/state/reduce-ratios.ts';
import { FLEET_STATE, fleetEvent, NOW, stateAfter } from './state.ts';

const ask = (ratios: Ratios, at = NOW): PageEvent => ({ type: 'ratios-asked', ratios, at });
const refuse = (ratios: Ratios): PageEvent => ({ type: 'ratios-refused', ratios, message: 'api: 11 is not a ratio' });
const undo: PageEvent = { type: 'ratios-undone' };

/** The answer that the fleet gives when nobody else changes a ratio. */
const answer = (ratios: Ratios, at = NOW): PageEvent => ({
  type: 'ratios-answered',
  ratios,
  answer: { ratios: { ...FLEET_STATE.ratios, ...ratios }, inEffect: { ...FLEET_STATE.inEffect, ...ratios } },
  at,
});

const shown = ({ ratios, fleet }: PageState, service: string) => shownRatio(ratios, fleet?.state.ratios ?? {}, service);

describe('a ratio that is asked for', () => {
  test('is shown at once, pending', () => {
    const state = stateAfter(ask({ api: 8 }));
    expect(shown(state, 'api')).toBe(8);
    expect(state.ratios.changes).toEqual({ api: { status: 'pending', ratio: 8 } });
  });

  test('stays on its control while older states arrive', () => {
    expect(shown(stateAfter(ask({ api: 8 }), fleetEvent({ type: 'state', data: FLEET_STATE })), 'api')).toBe(8);
  });

  test('is in effect when it is answered, and said to be for a while', () => {
    const state = stateAfter(ask({ api: 8 }), answer({ api: 8 }));
    expect(state.ratios.changes).toEqual({ api: { status: 'in-effect', ratio: 8, at: NOW } });
    expect(state.fleet?.state.ratios).toEqual({ api: 8, auth: 2 });
    const later = (ms: number) =>
      stateAfter(ask({ api: 8 }), answer({ api: 8 }), fleetEvent({ type: 'state', data: FLEET_STATE }, NOW + ms));
    expect(later(3_999).ratios.changes).toHaveProperty('api');
    expect(later(4_000).ratios.changes).toEqual({});
  });

  test('is pending until the answer to the last value', () => {
    const dragged = stateAfter(ask({ api: 5 }), ask({ api: 8 }), answer({ api: 5 }));
    expect(dragged.ratios.changes).toEqual({ api: { status: 'pending', ratio: 8 } });
    expect(shown(dragged, 'api')).toBe(8);
  });

  test('returns with the message of the fleet when it is refused', () => {
    const state = stateAfter(ask({ api: 11 }), refuse({ api: 11 }));
    expect(shown(state, 'api')).toBe(2);
    expect(state.ratios.changes.api).toMatchObject({ status: 'refused', message: 'api: 11 is not a ratio' });
    expect(state.ratios.undo).toEqual([]);
    expect(stateAfter(ask({ api: 11 }), refuse({ api: 11 }), ask({ api: 3 })).ratios.changes.api?.status).toBe(
      'pending',
    );
  });

  test('follows what is done elsewhere', () => {
    const elsewhere = { ...FLEET_STATE, ratios: { api: 6, auth: 2 } };
    const state = stateAfter(ask({ api: 8 }), answer({ api: 8 }), fleetEvent({ type: 'state', data: elsewhere }));
    expect(shown(state, 'api')).toBe(6);
  });
});

describe('undo', () => {
  test('takes back the last change', () => {
    const changed = [ask({ api: 8 }), answer({ api: 8 }), ask({ auth: 5 }, NOW + 5_000), answer({ auth: 5 })];
    expect(stateAfter(...changed, undo).ratios.changes.auth).toEqual({ status: 'pending', ratio: 2 });
    expect(stateAfter(...changed, undo).ratios.undo.map(({ after }) => after)).toEqual([{ api: 8 }]);
    expect(stateAfter(...changed, undo, undo, undo).ratios.undo).toEqual([]);
  });

  test('takes back a drag as a whole', () => {
    const drag = [30, 40, 50, 60].flatMap((tenths, index) => [
      ask({ api: tenths / 10 }, NOW + index * 500),
      answer({ api: tenths / 10 }, NOW + index * 500),
    ]);
    expect(stateAfter(...drag).ratios.undo).toEqual([{ before: { api: 2 }, after: { api: 6 }, at: NOW + 1_500 }]);
  });

  test('takes back two changes of a service one by one when there was time between them', () => {
    const { undo: steps } = stateAfter(ask({ api: 3 }), answer({ api: 3 }), ask({ api: 4 }, NOW + 2_000)).ratios;
    expect(steps.map(({ before }) => before)).toEqual([{ api: 2 }, { api: 3 }]);
  });

  test('takes back a change of all services', () => {
    const state = stateAfter(ask({ api: 8 }), answer({ api: 8 }), ask({ api: 0, auth: 0 }), undo);
    expect(state.ratios.changes).toEqual({
      api: { status: 'pending', ratio: 8 },
      auth: { status: 'pending', ratio: 2 },
    });
  });
});
