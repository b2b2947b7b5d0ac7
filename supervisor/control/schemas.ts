import { SERVICE_ACTIONS } from '../../shared/control-api.ts';

/** JSON schemas of what the routes take. Values are judged by the same code as options, for the same messages. */
export const ratiosBody = {
  type: 'object',
  additionalProperties: { type: 'number' },
} as const;

export const serviceActionParams = {
  type: 'object',
  required: ['name', 'action'],
  properties: {
    name: { type: 'string' },
    action: { enum: SERVICE_ACTIONS },
  },
} as const;
