/**
 * A command of this project as the package manager runs it that runs this program: `pnpm run ratios` for
 * `npm run ratios`. What is no npm command stays as it is.
 */
export function asRun(command: string, userAgent: string | undefined = process.env.npm_config_user_agent): string {
  const [, manager = 'npm'] = /^(pnpm|yarn)\//.exec(userAgent ?? '') ?? [];
  return command.replace(/^npm /, `${manager} `);
}
