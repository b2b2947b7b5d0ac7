import { HISTORY_SECONDS } from '../../../shared/page-api.ts';

document.querySelector('main')?.append(`The last ${HISTORY_SECONDS / 60} minutes of the fleet`);
