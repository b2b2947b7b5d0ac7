import { SERVICE_ACTIONS } from '../../shared/control-api.ts';

/** JSON schema of the body of `PATCH /v1/ratios`. Its values are checked by the same code as those of the options. */
export const ratiosBody = { type: 'object' } as const;

/** JSON schema of the parameters of `POST /v1/services/:name/:action`. */
export const serviceActionParams = {
  type: 'object',
  required: ['name', 'action'],
  properties: {
    name: { type: 'string' },
    action: { enum: SERVICE_ACTIONS },
  },
} as const;
