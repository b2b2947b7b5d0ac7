/** The catalogue of incidents. A new type is one file in `types/` and one line here. */

import type { IncidentType } from './incident-type.ts';
import { paymentProviderDown } from './types/payment-provider-down.ts';
import { quiet } from './types/quiet.ts';
import { serviceDown } from './types/service-down.ts';

export const incidentTypes: readonly IncidentType[] = [paymentProviderDown, serviceDown, quiet];
