import { element } from './dom.ts';

/** Gives a list of services, whose first entry stands for all of them, one entry for each name. */
export function fillServices(select: HTMLSelectElement, names: readonly string[]): void {
  const [all, ...known] = select.options;
  if (!all || known.map(({ value }) => value).join() === names.join()) return;
  const { value } = select;
  select.replaceChildren(
    all,
    ...names.map((name) => {
      const option = element('option', '', name);
      option.value = name;
      return option;
    }),
  );
  select.value = names.includes(value) ? value : '';
}
