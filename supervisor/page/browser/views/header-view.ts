import { currentRate, lastMinute } from '../chart/counts.ts';
import { isGoingOn } from '../state/incidents.ts';
import type { Connection, PageState } from '../state/page-state.ts';
import { byId, setText } from './dom.ts';
import { formatRate, formatShare, formatTime } from './format.ts';

const CONNECTIONS: Readonly<Record<Connection['status'], string>> = {
  'no-link': 'no link',
  connecting: 'connecting …',
  live: 'live',
  lost: 'connection lost',
  ended: 'ended',
  'new-link': 'another fleet',
};

/** The top of the page: the connection, numbers of the whole fleet, and what to do when something is wrong with them. */
export function createHeaderView(): (state: PageState) => void {
  const connection = byId('connection', HTMLElement);
  const banner = byId('banner', HTMLElement);
  const rate = byId('total-rate', HTMLElement);
  const bad = byId('total-bad', HTMLElement);
  const incidents = byId('total-incidents', HTMLElement);
  const incidentsWord = byId('total-incidents-word', HTMLElement);
  const facts = byId('facts', HTMLElement);
  return (state) => {
    setText(connection, CONNECTIONS[state.connection.status]);
    document.documentElement.dataset.connection = state.connection.status;
    const advice = adviceFor(state.connection);
    banner.hidden = advice === '';
    setText(banner, advice);
    if (!state.fleet) return;
    const { info, history, state: fleet } = state.fleet;
    const minute = lastMinute(history, null, fleet.now);
    setText(rate, formatRate(currentRate(history, null, fleet.now)));
    setText(bad, formatShare(minute.bad, minute.lines));
    const active = fleet.incidents.filter(isGoingOn).length;
    setText(incidents, String(active));
    setText(incidentsWord, active === 1 ? 'incident' : 'incidents');
    setText(facts, describeFleet(info));
  };
}

function describeFleet(info: NonNullable<PageState['fleet']>['info']): string {
  const parts = [
    info.logFile,
    `pid ${info.pid}`,
    `since ${formatTime(info.startedAt)} UTC`,
    `${info.traffic} traffic, ${info.rate}/s planned`,
    `seed ${info.seed}`,
  ];
  if (info.scenario) parts.push(`scenario ${info.scenario}`);
  if (info.isBlind) parts.push('blind log');
  return parts.join(' · ');
}

function adviceFor(connection: Connection): string {
  switch (connection.status) {
    case 'no-link':
      return 'This page needs the link that npm start -- --page prints: it ends in #token=… Open that link.';
    case 'lost':
      return `No connection to the fleet. What you see is of ${formatTime(Date.now())} UTC or before; trying again …`;
    case 'ended':
      return `The fleet has ended: ${connection.reason}. Start it again with npm start -- --page, and open the link that it prints.`;
    case 'new-link':
      return 'A fleet runs here again, with a new link. Open the link that npm start -- --page has printed.';
    default:
      return '';
  }
}
