/** The built-in services in the order on which the log depends: short name in commands, name in the log. */
export const builtInServices = [
  { name: 'api', logName: 'ApiService' },
  { name: 'auth', logName: 'AuthService' },
  { name: 'inventory', logName: 'InventoryService' },
  { name: 'notification', logName: 'NotificationService' },
  { name: 'payment', logName: 'PaymentService' },
] as const;

export type ServiceName = (typeof builtInServices)[number]['name'];
