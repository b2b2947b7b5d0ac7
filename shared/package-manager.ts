/**
 * A command of this project for the package manager that runs this process: `pnpm run ratios` for `npm run ratios`. A
 * command that does not begin with `npm` stays as it is.
 * @param userAgent `npm/11.0.0 node/...`, `pnpm/...`, `yarn/...`
 */
export function withPackageManager(
  command: string,
  userAgent: string | undefined = process.env.npm_config_user_agent,
): string {
  const [, manager = 'npm'] = /^(pnpm|yarn)\//.exec(userAgent ?? '') ?? [];
  return command.replace(/^npm /, `${manager} `);
}
